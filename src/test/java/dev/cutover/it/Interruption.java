package dev.cutover.it;

import dev.cutover.testkit.Commands;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A signal to a real {@code mvn} in the middle of a release, and the goal after it. Interruptions
 * run side by side, each in a copy of the project and with a root of its own.
 */
public final class Interruption {

  /** A JVM that is told to end says so and is gone; a busy machine may take its time over it. */
  private static final int PROMPT_SECONDS = 15;

  private static final int PATIENCE_SECONDS = 120;

  private final Path project;
  private final String root;
  private final String target;
  private final Build build;
  private int version;

  /**
   * What starts Maven.
   *
   * @param options of its JVM, as {@code MAVEN_OPTS} has them
   */
  private record Build(String maven, String repository, String options) {}

  private Interruption(Path project, String root, String target, Build build) {
    this.project = project;
    this.root = root;
    this.target = target;
    this.build = build;
  }

  /**
   * Interrupts a release as each of {@code cases} says, and looks.
   *
   * @param basedir the project; its {@code test.properties} tell how to reach its host
   * @param cases each {@code ssh} or {@code file}, the signal, the file in the root that makes the
   *     restart slow or the health checks fail, and the goal that must settle it
   */
  public static void all(
      File basedir, String maven, String repository, String options, List<List<String>> cases)
      throws InterruptedException {
    Build build = new Build(maven, repository, options);
    ExecutorService pool = Executors.newFixedThreadPool(cases.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (List<String> each : cases) {
        running.add(
            pool.submit(
                () -> {
                  of(basedir.toPath(), String.join("-", each).replace(':', '-'), each, build);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static void of(Path basedir, String name, List<String> words, Build build)
      throws IOException, InterruptedException {
    Path project = Files.createDirectory(basedir.resolve(name));
    Files.copy(basedir.resolve("pom.xml"), project.resolve("pom.xml"));
    Files.copy(basedir.resolve("test.properties"), project.resolve("test.properties"));
    // The POM's own target is the one over SSH.
    String target = words.get(0).equals("file") ? "file://" + project.resolve("host") : "";
    Interruption interruption = new Interruption(project, "host", target, build);
    interruption.firstRelease();
    interruption.signal(words.get(1), words.get(2), words.get(3));
  }

  /** Makes something live to go back to. */
  private void firstRelease() throws IOException, InterruptedException {
    version++;
    Path log = project.resolve("first.log");
    await(start(log, "deploy:release"), log);
    check(!new ReleasedProject(project.toFile(), root).live().isEmpty(), "nothing is live", log);
  }

  private void signal(String signal, String obstacle, String then)
      throws IOException, InterruptedException {
    ReleasedProject site = new ReleasedProject(project.toFile(), root);
    String before = site.live();
    Path log = project.resolve("interrupted.log");
    Path hindrance = Files.createFile(site.path(obstacle));
    version++;
    Process release = start(log, "deploy:release");
    until(() -> !site.live().equals(before), log);
    Thread.sleep(500);
    String interrupted = site.live();
    String restarts = Files.readString(site.path("restarts"));

    Commands.must("kill", "-" + signal, Long.toString(release.pid()));
    boolean prompt = release.waitFor(PROMPT_SECONDS, TimeUnit.SECONDS);
    release.destroyForcibly().waitFor();
    check(prompt, "did not end within " + PROMPT_SECONDS + " s", log);
    check(release.exitValue() != 0, "exited 0", log);
    check(
        site.outcome().getString("outcome").equals("OUTCOME_UNKNOWN"),
        "said " + site.outcome(),
        log);
    Thread.sleep(500);
    check(
        site.live().equals(interrupted) && Files.readString(site.path("restarts")).equals(restarts),
        "went on, or back",
        log);

    Files.delete(hindrance);
    Path next = project.resolve("then.log");
    check(await(start(next, then), next) == 0, then + " failed", next);
    String after = site.live();
    boolean settled = then.equals("deploy:recover") ? after.equals(before) : !after.equals(before);
    check(settled && !after.equals(interrupted), after + " is live", next);
    List<String> restarted = Files.readAllLines(site.path("restarts"));
    check(
        restarted.get(restarted.size() - 1).equals(after), "was not restarted: " + restarted, next);
    check(
        !Files.exists(site.path(".cutover/lock"), LinkOption.NOFOLLOW_LINKS),
        "the lock stands",
        next);
    check(site.list(".cutover/staging").isEmpty(), "something is left in staging", next);
  }

  private Process start(Path log, String goal) throws IOException {
    List<String> command = new ArrayList<>();
    // Whoever starts the build in the background has it ignore SIGINT, and its children with it.
    command.addAll(List.of("env", "--default-signal=INT,TERM", build.maven() + "/bin/mvn"));
    command.addAll(List.of("-B", "-ntp", "-o", "-s", settings().toString()));
    command.add("-Dmaven.repo.local=" + build.repository());
    command.add("-Drevision=" + version + ".0.0");
    testProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
    if (!target.isEmpty()) {
      command.add("-Dit.target=" + target);
    }
    command.add(goal);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("MAVEN_OPTS", build.options());
    return builder.start();
  }

  private Properties testProperties() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(project.resolve("test.properties"))) {
      properties.load(in);
    }
    return properties;
  }

  /** As src/it/settings.xml; offline, only the repository's name counts. */
  private Path settings() throws IOException {
    Path file = project.resolve("settings.xml");
    String repositories = "<%1$ss><%1$s><id>here</id><url>file:///nowhere</url></%1$s></%1$ss>";
    Files.writeString(
        file,
        "<settings><servers><server><id>it</id><privateKey>${it.key}</privateKey></server></servers>"
            + "<profiles><profile><id>it</id>"
            + repositories.replace("%1$ss", "repositories").replace("%1$s", "repository")
            + repositories
                .replace("%1$ss", "pluginRepositories")
                .replace("%1$s", "pluginRepository")
            + "</profile></profiles>"
            + "<activeProfiles><activeProfile>it</activeProfile></activeProfiles></settings>");
    return file;
  }

  private static int await(Process process, Path log) throws IOException, InterruptedException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    check(ended, "hung", log);
    return process.exitValue();
  }

  private static void until(BooleanSupplier condition, Path log)
      throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE_SECONDS * 20 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    check(condition.getAsBoolean(), "the moment to interrupt it did not come", log);
  }

  private static void check(boolean holds, String otherwise, Path log) throws IOException {
    if (!holds) {
      throw new AssertionError(log.getFileName() + ": " + otherwise + "\n" + Files.readString(log));
    }
  }
}
