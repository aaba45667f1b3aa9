package dev.cutover.mojo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.app.DeployRequest;
import dev.cutover.bundle.BundleSpec.Item;
import dev.cutover.domain.Command;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthCheck.Via;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Problem;
import dev.cutover.domain.Where;
import dev.cutover.error.BadParametersException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestConverterTest {

  private final Written written = new Written();

  @Test
  void hasDefaultsForAllButTheTarget() {
    DeployRequest request = written.request();
    assertThat(request.spec().keep()).isEqualTo(5);
    assertThat(request.spec().lockWait()).isEqualTo(Duration.ofSeconds(90));
    assertThat(request.spec().watchdog()).isTrue();
    assertThat(request.spec().restart()).isEmpty();
    assertThat(request.force()).isFalse();
    assertThat(request.bundle().orElseThrow().items())
        .containsExactly(
            new Item(
                "<bundle>",
                Written.BASE.resolve("target/shop-1.jar"),
                "shop.jar",
                false,
                List.of(),
                OptionalInt.empty()));
  }

  @Test
  void reportsEveryProblemAtOnceByItsPlace() {
    written.xml.keep = "1";
    written.xml.target = "app1:/srv/shop";
    written.withHook().hook.timeout = "soon";
    written.withCheck();
    assertThatThrownBy(written::job)
        .isInstanceOf(BadParametersException.class)
        .hasMessageContaining("<keep>: '1' is not a whole number from 2 to 1000")
        .hasMessageContaining("<target>: is not a target")
        .hasMessageContaining("<hooks><hook>[1]<timeout>: 'soon' is no duration")
        .hasMessageContaining(
            "<health><checks><check>[1]: has none of <http>, <tcp> and <command>");
  }

  @Test
  void whatIsTypedWinsOverThePomAndIsNamedAsTyped() {
    Properties user = new Properties();
    user.setProperty("deploy.target", "file:///srv/a,file:///srv/b");
    user.setProperty("deploy.keep", "one");
    user.setProperty("deploy.health", "bin/smoke");
    written.withCheck().check.tcp = "nonsense";
    written.xml.override(user);
    assertThat(places()).containsExactly("deploy.keep");
    written.xml.keep = "3";
    assertThat(written.request().targets()).hasSize(2);
    assertThat(written.request().spec().health().checks())
        .containsExactly(new HealthCheck.Run("bin/smoke"));
  }

  @Test
  void refusesTheSamePlaceTwice() {
    written.xml.target = "sftp://h/srv/a, sftp://me@H:22/srv/a/";
    assertThat(places()).containsExactly("<target>[2]");
  }

  @Test
  void needsATargetButNotTwoKinds() {
    written.xml.target = null;
    assertThat(places()).containsExactly("<target>");
    written.xml.target = "file:///a";
    written.xml.targets = List.of("file:///b");
    assertThat(places()).containsExactly("<target>");
  }

  @Test
  void readsHooks() {
    written.withHook().hook.undo = "undo it";
    written.hook.timeout = "1m30s";
    written.hook.on = "first";
    Duration timeout = Duration.ofSeconds(90);
    assertThat(written.request().spec().hooks())
        .containsExactly(
            new Hook(
                Hook.Point.BEFORE_SWITCH,
                new Command("true", timeout),
                Optional.of(new Command("undo it", timeout)),
                Where.FIRST));
    written.hook.at = "after-commit";
    assertThat(places()).containsExactly("<hooks><hook>[1]<undo>");
  }

  @Test
  void readsWhatIsTypedAboutDatabases() {
    Properties user = new Properties();
    user.setProperty("deploy.migrations", "down");
    user.setProperty("deploy.migration", "shop:db:undone");
    written.withMigration().xml.override(user);
    DeployRequest request = written.request();
    assertThat(request.undoMigrations()).isTrue();
    assertThat(request.found()).contains(new DeployRequest.Found("shop:db", false));
    assertThat(request.spec().migrations()).hasSize(1);
    written.xml.rollbackMigrations = "keep";
    written.xml.migration = "db:applied";
    assertThat(written.request().undoMigrations()).isFalse();
    assertThat(written.request().found()).contains(new DeployRequest.Found("db", true));
    written.xml.rollbackMigrations = "up";
    written.xml.migration = "db";
    assertThat(places()).containsExactly("deploy.migrations", "deploy.migration");
  }

  @Test
  void aMigrationIdIsTakenOnce() {
    written.withMigration();
    written.xml.migrations = Written.migrations(written.migration, written.migration);
    assertThat(places()).containsExactly("<migrations><migration>[2]<id>");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080/h, HOST",
    "http://LOCALHOST/h, HOST",
    "https://127.0.0.1/h, HOST",
    "http://127.1.2.3/h, HOST",
    "http://[::1]:8080/h, HOST",
    "http://shop.localhost/h, HOST",
    "https://shop.example.com/h, LOCAL",
    "http://localhost.example.com/h, LOCAL"
  })
  void asksLocalhostOnTheHost(String url, Via via) {
    written.withCheck().check.http = url;
    assertThat(written.request().spec().health().checks().get(0))
        .isInstanceOfSatisfying(
            HealthCheck.Http.class, http -> assertThat(http.via()).isEqualTo(via));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, localhost, 8080, HOST",
    "[::1]:80, ::1, 80, HOST",
    "db:5432, db, 5432, LOCAL"
  })
  void readsTcpChecks(String text, String host, int port, Via via) {
    written.withCheck().check.tcp = text;
    assertThat(written.request().spec().health().checks())
        .containsExactly(new HealthCheck.Tcp(host, port, via));
  }

  @Test
  void aCheckIsOfOneKindAndHasOnlyItsOwnParts() {
    written.withCommandCheck().check.status = "200";
    written.check.via = "host";
    assertThat(places())
        .containsExactly("<health><checks><check>[1]<status>", "<health><checks><check>[1]<via>");
    written.check.tcp = "localhost:1";
    assertThat(places()).containsExactly("<health><checks><check>[1]");
  }

  @Test
  void knowsItsPlaceholders() {
    written.withHttpCheck().check.contains = "{\"status\":\"UP\"} {version}{releaseId}";
    assertThat(written.problems()).isEmpty();
    written.check.contains = "{Version}";
    assertThat(places()).containsExactly("<health><checks><check>[1]<contains>");
  }

  @Test
  void sharedPathsDoNotOverlap() {
    written.xml.shared = new SharedXml();
    written.xml.shared.dirs = List.of("log/", "var/data", "logs");
    written.xml.shared.files = List.of("var/data/x", "log");
    assertThat(places()).containsExactly("<shared><files><file>[1]", "<shared><files><file>[2]");
  }

  @Test
  void namesDependenciesApart() {
    written.xml.bundle = new BundleXml();
    written.xml.bundle.dependencies = "lib";
    written.dependency("com.a", "util-1.jar");
    written.dependency("com.b", "Util-1.jar");
    written.dependency("com.c", "other-1.jar");
    assertThat(written.request().bundle().orElseThrow().items())
        .extracting(Item::as)
        .containsExactly(
            "shop.jar", "lib/com.a-util-1.jar", "lib/com.b-Util-1.jar", "lib/other-1.jar");
  }

  @Test
  void publishedBytesTakeThePlaceOfTheModulesArtifact() {
    Path built = Written.BASE.resolve("target/shop-1.jar");
    Path published = Path.of("/repository/shop-1.jar");
    written.main = Optional.of(new ProjectFacts.Main(published, "shop.jar", Optional.of(built)));
    written.withFile().file.as = "app/shop.jar";
    assertThat(written.request().bundle().orElseThrow().items())
        .extracting(Item::source)
        .containsExactly(published);
    written.file.source = "src/main/deploy";
    assertThat(places()).containsExactly("deploy.artifact");
  }

  @Test
  void readsModes() {
    written.withFile().file.mode = "0640";
    assertThat(written.request().bundle().orElseThrow().items().get(0).mode()).hasValue(0640);
    written.file.mode = "4755";
    assertThat(places()).containsExactly("<bundle><files><file>[1]<mode>");
  }

  private List<String> places() {
    return written.problems().stream().map(Problem::parameter).toList();
  }
}
