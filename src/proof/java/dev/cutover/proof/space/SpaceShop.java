package dev.cutover.proof.space;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Production;
import dev.cutover.domain.Command;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.app.Requests;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostConnector;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is released: enough files that they travel as a tar, which a user of little rights unpacks.
 */
final class SpaceShop {

  /** Enough to travel as a tar, which a user of little rights unpacks. */
  static final int MANY = 20;

  /** So few that each is written by SFTP. */
  static final int FEW = 9;

  private static final String PAGE = "0123456789abcdef".repeat(800);

  private final Path work;
  private final Path root;
  private final int files;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  SpaceShop(Path work, Path root, int files) {
    this.work = work;
    this.root = root;
    this.files = files;
  }

  /** Releases {@code content} on this machine, to a host that is opened as {@code around} says. */
  OutcomeReport release(String content, boolean foreign, UnaryOperator<Host> around)
      throws IOException {
    Target.Local target =
        new Target.Local(
            new Target.Root.Absolute(new RemotePath(root.toString())), root.toUri().toString());
    return release(
        content, target, found -> around.apply(new ScriptedHost(found, connection(foreign))));
  }

  OutcomeReport release(String content, Target target, HostConnector hosts) throws IOException {
    told.clear();
    OutcomeReport report =
        Production.deployments(hosts, this::hear, "anna@laptop").release(request(target, content));
    told.add(report.happened());
    report.hosts().forEach(host -> told.add(host.message()));
    return report;
  }

  /** All that the last release said of what went wrong. */
  String told() {
    return String.join("\n", told);
  }

  private void hear(DeployEvent event) {
    if (event instanceof DeployEvent.Warning warning) {
      told.add(warning.text());
    }
  }

  private static LocalConnection connection(boolean foreign) {
    String nobody = Integer.toString(Squeeze.NOBODY);
    return foreign
        ? new LocalConnection(
            List.of(
                "setpriv", "--reuid=" + nobody, "--regid=" + nobody, "--clear-groups", "/bin/sh"),
            Map.of())
        : new LocalConnection();
  }

  /** Whether a release is exactly what was released as {@code content}. */
  boolean whole(Path release, String content) throws IOException {
    for (int i = 0; i < files; i++) {
      Path file = release.resolve("page" + i);
      if (!Files.isRegularFile(file) || !Files.readString(file).equals(PAGE + content + i)) {
        return false;
      }
    }
    return Files.isRegularFile(release.resolve("app.txt"))
        && Files.readString(release.resolve("app.txt")).equals(content);
  }

  private Path source(String content) throws IOException {
    Path source = work.resolve("source of " + content);
    if (!Files.exists(source)) {
      Files.createDirectories(source);
      Files.writeString(source.resolve("app.txt"), content);
      for (int i = 0; i < files; i++) {
        Files.writeString(source.resolve("page" + i), PAGE + content + i);
      }
    }
    return source;
  }

  private DeployRequest request(Target target, String content) throws IOException {
    HealthCheck healthy = new HealthCheck.Run("! grep -q sick app.txt");
    Requests requests = new Requests(List.of(target), work);
    requests.shared = new Shared(List.of("log"), List.of());
    requests.restart = Optional.of(new Command("true", Duration.ofSeconds(20)));
    requests.health =
        new HealthPolicy(List.of(healthy), Duration.ofMillis(100), Duration.ofMillis(10), 1);
    requests.keep = 2;
    requests.lockWait = Duration.ofSeconds(20);
    return requests.of(content, source(content));
  }
}
