package dev.cutover.proof;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Deployments;
import dev.cutover.app.Production;
import dev.cutover.domain.Command;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.testkit.app.Requests;
import dev.cutover.testkit.time.ManualClock;
import dev.cutover.transport.Host;
import dev.cutover.transport.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The goals, from their mojos downwards, on a root of this machine. Waiting costs no time. A label
 * stands for the whole content of a release; one with {@code broken} in it is not healthy.
 */
public final class Goals {

  /** More than go up one by one. */
  private static final int FILES = 20;

  private final Path root;
  private final Path work;
  private final Function<Target, Host> connector;

  public Goals(Path root, Path work, Function<Target, Host> connector) {
    this.root = root;
    this.work = work;
    this.connector = connector;
  }

  public OutcomeReport release(String label) throws IOException {
    return deployments().release(request(label));
  }

  public OutcomeReport rollback() throws IOException {
    return deployments().rollback(request("none"));
  }

  /** The files of a release, by path. */
  public static Map<String, String> files(String label) {
    Map<String, String> files = new TreeMap<>();
    files.put("app.txt", label);
    for (int i = 1; i < FILES; i++) {
      files.put("lib/file-" + i, (label + " " + i + "\n").repeat(200));
    }
    return files;
  }

  private Deployments deployments() {
    ManualClock clock = new ManualClock(Instant.now());
    return Production.deployments(
        connector::apply, clock, clock::advance, event -> {}, "anna@laptop", new Stop());
  }

  private DeployRequest request(String label) throws IOException {
    Path source = Files.createDirectories(work.resolve("source-" + label.replace(' ', '-')));
    for (Map.Entry<String, String> file : files(label).entrySet()) {
      Path path = source.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    HealthCheck healthy = new HealthCheck.Run("! grep -q broken app.txt");
    // What is not healthy is not waited for long; what is may be slow on a busy machine.
    Duration patience = Duration.ofSeconds(label.contains("broken") ? 3 : 30);
    Files.createDirectories(work.resolve("reports"));
    Requests requests = new Requests(List.of(Requests.target(root)), work);
    requests.shared = new Shared(List.of("log"), List.of());
    requests.restart =
        Optional.of(new Command("echo \"$RELEASE_ID\" >>log/restarts", Duration.ofSeconds(30)));
    requests.health = new HealthPolicy(List.of(healthy), patience, Duration.ofMillis(10), 1);
    requests.keep = 2;
    requests.lockWait = Duration.ofSeconds(90);
    return requests.of(label, source);
  }

  /** What is live; empty when nothing is. */
  public Optional<String> live() throws IOException {
    Path file = root.resolve("current/app.txt");
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /** What is wrong with what is live: it is whole, byte for byte, or there is none. */
  public List<String> broken() throws IOException {
    Path current = root.resolve("current");
    if (!Files.isSymbolicLink(current)) {
      return Files.exists(current) ? List.of("current is no link") : List.of();
    }
    Path tree = Files.readSymbolicLink(current);
    if (!Files.isRegularFile(tree.resolve("app.txt"))) {
      return List.of("current leads to " + tree + ", without app.txt");
    }
    String label = Files.readString(tree.resolve("app.txt"));
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, String> file : files(label).entrySet()) {
      Path there = tree.resolve(file.getKey());
      if (!Files.isRegularFile(there)) {
        problems.add("current lacks " + file.getKey());
      } else if (!Files.readString(there).equals(file.getValue())) {
        problems.add(
            "current has " + file.getKey() + " damaged, " + Files.size(there) + " bytes of it");
      }
    }
    for (String name : List.of("VERSION", "REVISION")) {
      if (!Files.isRegularFile(tree.resolve(name)) || Files.size(tree.resolve(name)) == 0) {
        problems.add("current lacks " + name);
      }
    }
    return problems;
  }
}
