package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutover.domain.Command;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Identity;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.testkit.app.Requests;
import dev.cutover.transport.ssh.SshOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values that a shell, a tool or a file system could misread, through a whole release by real
 * scripts: each arrives exactly as it was, or is refused; and none is ever run. What the conversion
 * of the configuration makes of them is tested beside it.
 */
@Execution(ExecutionMode.CONCURRENT)
@Order(3)
class HostileReleasesTest {

  private static final String CANARY = "/tmp/cutover-canary-" + ProcessHandle.current().pid();

  /** Makes the canary, and holds neither a slash nor a backslash: it may stand in a name. */
  private static final String TOUCH = "touch " + CANARY.replace("/", "${PWD%${PWD#?}}");

  private final Path temp;
  private final Path source;

  HostileReleasesTest(@TempDir Path temp) throws IOException {
    this.temp = temp.toRealPath();
    source = Files.createDirectories(this.temp.resolve("source"));
  }

  /** Values that may be a name in a directory. */
  static Stream<String> names() {
    return Stream.of(
        "a b",
        " both ends ",
        "it's 'quoted",
        "say \"hi\"",
        "$(" + TOUCH + ")",
        "`" + TOUCH + "`",
        "';" + TOUCH + ";'",
        "\";" + TOUCH + ";\"",
        "a;" + TOUCH,
        "a|" + TOUCH + "&",
        "a>b<c",
        "${HOME}$N",
        "-rf",
        "--help",
        "-",
        "~",
        "*",
        "?[a-z]{b,c}",
        "%s%n%2e",
        "{version}",
        "!history",
        "#comment",
        "a=b:c,d",
        "grüße-日本-🚀",
        "\u202eevil",
        "..a",
        "x".repeat(200));
  }

  /** More that may be a text but no name. */
  static Stream<String> texts() {
    return Stream.of(
        "",
        "tab\there",
        "carriage\rreturn",
        "escape\u001b[31m",
        "bell\u0007",
        "del\u007f",
        "a\\b\\",
        "$(touch " + CANARY + ")",
        "a/../../b",
        "/etc/passwd",
        "y".repeat(50_000));
  }

  @AfterEach
  void nothingWasRun() throws IOException {
    assertThat(Files.deleteIfExists(Path.of(CANARY))).as("a value was run as a command").isFalse();
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesArriveExactly(String name) throws IOException {
    Path root = temp.resolve(name);
    file(root.resolve("shared/conf/" + name), "kept");
    file(source.resolve(name), "content");
    String folder = "d " + name;
    file(source.resolve(folder).resolve("-n"), "below");
    Shared shared = new Shared(List.of("log/" + name), List.of("conf/" + name));
    OutcomeReport report =
        Production.deployments(SshOptions.defaults(), event -> {}, name)
            .release(request(root, new Identity(name, name, name), shared, environment()));
    assertThat(report.happened()).isEmpty();
    Path live = root.resolve("current");
    assertThat(live.resolve(name)).hasContent("content");
    assertThat(live.resolve(folder).resolve("-n")).hasContent("below");
    assertThat(live.resolve("VERSION")).hasContent(name + "\n");
    assertThat(live.resolve("REVISION")).hasContent(name + "\n");
    assertThat(Files.readSymbolicLink(live.resolve("log/" + name)))
        .isEqualTo(root.resolve("shared/log/" + name));
    assertThat(live.resolve("conf/" + name)).hasContent("kept");
    assertThat(Files.readString(root.resolve("shared/environment")))
        .isEqualTo("<%s|%s|%s>".formatted(root, name, name));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textsArriveExactly(String text) throws IOException {
    file(source.resolve("app.txt"), "content");
    Path root = temp.resolve("root");
    // What the user wrote is a command and runs: here it prints a text that is hostile to the rest.
    Command print =
        new Command(
            "cat <<'THE END' >\"$SHARED_PATH/printed\"\n" + text + "\nTHE END\n" + environment(),
            Duration.ofSeconds(60));
    OutcomeReport report =
        Production.deployments(SshOptions.defaults(), event -> {}, text)
            .release(request(root, new Identity(text, text, text), Shared.NONE, print.run()));
    assertThat(report.happened()).isEmpty();
    assertThat(Files.readString(root.resolve("current/VERSION"))).isEqualTo(text + "\n");
    assertThat(Files.readString(root.resolve("current/REVISION"))).isEqualTo(text + "\n");
    assertThat(Files.readString(root.resolve("shared/printed"))).isEqualTo(text + "\n");
    assertThat(Files.readString(root.resolve("shared/environment")))
        .isEqualTo("<%s|%s|%s>".formatted(root, text, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b", "..", ".", "", "-rf", "$(id)", "a b", "a'b", "a\"b", "a\nb", "a\0b", "*", "~", "\\",
        "é", ";reboot"
      })
  void noOtherReleaseCanBeNamed(String id) {
    assertThat(ReleaseId.isSafe(id)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b",
        "/a/./b",
        "/a//b",
        "/a/",
        "a",
        "",
        "/a\nb",
        "/a\0b",
        "/a\tb",
        "/a\u007fb"
      })
  void noOtherPathCanBeNamed(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RemotePath(path));
  }

  private static String environment() {
    return "printf '<%s|%s|%s>' \"$DEPLOY_ROOT\" \"$PROJECT_VERSION\" \"$REVISION\""
        + " >\"$SHARED_PATH/environment\"";
  }

  private DeployRequest request(Path root, Identity identity, Shared shared, String restart) {
    Requests requests = new Requests(List.of(Requests.target(root)), temp);
    requests.shared = shared;
    requests.restart = Optional.of(new Command(restart, Duration.ofSeconds(5)));
    requests.health =
        new HealthPolicy(
            List.of(new HealthCheck.Run("test -s VERSION")),
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            1);
    requests.keep = 3;
    return requests.of(identity, source);
  }

  private static void file(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
    assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }
}
