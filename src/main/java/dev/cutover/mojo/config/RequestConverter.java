package dev.cutover.mojo.config;

import dev.cutover.app.DeployRequest;
import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.Target;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The one way from what was written to a checked request. Reports every problem at once. */
public final class RequestConverter {

  private static final int FEWEST_KEPT = 2;
  private static final int DEFAULT_KEEP = 5;
  private static final Duration DEFAULT_LOCK_WAIT = Duration.ofSeconds(90);

  /** A request and how its hosts are reached. */
  public record Job(DeployRequest request, ConnectionSpec connection) {}

  private RequestConverter() {}

  /**
   * Reads everything.
   *
   * @throws dev.cutover.error.BadParametersException naming every parameter that is wrong
   */
  public static Job convert(DeployXml xml, ProjectFacts project) {
    Values values = new Values();
    List<Target> targets = new TargetsReader(values).read(xml);
    ReleaseSpec spec = spec(xml, values, project.directory());
    Optional<BundleSpec> bundle =
        project.bundled()
            ? Optional.of(new BundleReader(values, project).read(xml.bundle))
            : Optional.empty();
    Optional<ReleaseId> release = releaseId(xml, values);
    boolean force = values.flag("deploy.force", xml.force, false);
    boolean undoMigrations = undoMigrations(xml, values);
    Optional<DeployRequest.Found> found = found(xml, values);
    Optional<DeployRequest.Said> decided = decided(xml, values);
    ConnectionSpec connection = connection(xml, values);
    // It goes into revisions.log and VERSION, which are read by the line.
    values.line("project.version", project.identity().version());
    values.throwIfBad();
    return new Job(
        new DeployRequest(
            project.identity(),
            targets,
            spec,
            bundle,
            release,
            force,
            undoMigrations,
            found,
            decided,
            project.directory(),
            project.reports(),
            project.goalCommand()),
        connection);
  }

  /**
   * Reads the bundle alone, for {@code deploy:bundle}, which needs no target.
   *
   * @throws dev.cutover.error.BadParametersException naming every parameter that is wrong
   */
  public static BundleSpec bundle(DeployXml xml, ProjectFacts project) {
    Values values = new Values();
    BundleSpec bundle = new BundleReader(values, project).read(xml.bundle);
    values.throwIfBad();
    return bundle;
  }

  private static ReleaseSpec spec(DeployXml xml, Values values, Path directory) {
    CommandsReader commands = new CommandsReader(values);
    HealthPolicy health = new HealthReader(values).read(xml);
    return new ReleaseSpec(
        new PathsReader(values).shared(xml.shared),
        commands.build(xml.build),
        new MigrationsReader(values, directory, !health.checks().isEmpty()).read(xml.migrations),
        commands.restart(xml),
        health,
        commands.hooks(xml.hooks),
        values.number(xml.place("keep"), xml.keep, DEFAULT_KEEP, FEWEST_KEPT, 1000),
        values.pause(xml.place("lockWait"), xml.lockWait, DEFAULT_LOCK_WAIT),
        values.flag("<watchdog>", xml.watchdog, true));
  }

  private static Optional<ReleaseId> releaseId(DeployXml xml, Values values) {
    Optional<String> id = values.line("deploy.releaseId", xml.releaseId).map(String::trim);
    if (id.isPresent() && !ReleaseId.isSafe(id.get())) {
      values.problem(
          "deploy.releaseId", Values.quoted(id.get()) + " is no release: see mvn deploy:status");
      return Optional.empty();
    }
    return id.map(ReleaseId::new);
  }

  private static boolean undoMigrations(DeployXml xml, Values values) {
    Optional<String> text =
        values.line("deploy.migrations", xml.rollbackMigrations).map(String::trim);
    if (text.isPresent() && !text.get().equals("keep") && !text.get().equals("down")) {
      values.problem("deploy.migrations", Values.quoted(text.get()) + " is none of keep, down");
    }
    return text.equals(Optional.of("down"));
  }

  private static Optional<DeployRequest.Found> found(DeployXml xml, Values values) {
    Optional<String> text = values.line("deploy.migration", xml.migration).map(String::trim);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int colon = text.get().lastIndexOf(':');
    String word = text.get().substring(colon + 1);
    if (colon < 1 || !(word.equals("applied") || word.equals("undone"))) {
      values.problem(
          "deploy.migration",
          Values.quoted(text.get()) + " says nothing: write e.g. db:applied or db:undone");
      return Optional.empty();
    }
    return Optional.of(
        new DeployRequest.Found(text.get().substring(0, colon), word.equals("applied")));
  }

  private static Optional<DeployRequest.Said> decided(DeployXml xml, Values values) {
    Optional<String> text = values.line("deploy.decided", xml.decided).map(String::trim);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (text.get()) {
      case "committed" -> Optional.of(DeployRequest.Said.COMMITTED);
      case "aborted" -> Optional.of(DeployRequest.Said.ABORTED);
      default -> {
        values.problem(
            "deploy.decided", Values.quoted(text.get()) + " is none of committed, aborted");
        yield Optional.empty();
      }
    };
  }

  private static ConnectionSpec connection(DeployXml xml, Values values) {
    Optional<Path> knownHosts = Optional.empty();
    try {
      knownHosts =
          values.line("deploy.knownHosts", xml.knownHosts).map(RequestConverter::underHome);
    } catch (InvalidPathException e) {
      values.problem("deploy.knownHosts", "is no path here: " + e.getReason());
    }
    return new ConnectionSpec(
        values.line(xml.place("serverId"), xml.serverId),
        knownHosts,
        values.flag("deploy.trustOnFirstUse", xml.trustOnFirstUse, false));
  }

  private static Path underHome(String path) {
    return path.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), path.substring(2))
        : Path.of(path);
  }
}
