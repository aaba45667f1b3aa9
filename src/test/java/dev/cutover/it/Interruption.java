package dev.cutover.it;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Signals to a real {@code mvn} in the middle of a release, and the goal after it. */
public final class Interruption {

  private static final int PROMPT_SECONDS = 5;
  private static final int PATIENCE_SECONDS = 90;

  private final Path project;
  private final String maven;
  private final String repository;
  private int version = 1;

  /**
   * For the project in {@code basedir}, which {@code test.properties} tells how to reach its host.
   */
  public Interruption(File basedir, String maven, String repository) {
    this.project = basedir.toPath();
    this.maven = maven;
    this.repository = repository;
  }

  /** Makes something live to go back to. */
  public void firstRelease(String root, String target) throws IOException, InterruptedException {
    Path log = project.resolve("first.log");
    await(start(log, target, "deploy:release"), log);
    check(!new ReleasedProject(project.toFile(), root).live().isEmpty(), "nothing is live", log);
  }

  /**
   * Interrupts a release, looks, and runs a goal that must settle it.
   *
   * @param root the directory of the project that is released to
   * @param target its url; empty: the POM's
   * @param obstacle the file in the root that makes the restart slow or the health checks fail
   */
  public void signal(String root, String target, String signal, String obstacle, String then)
      throws IOException, InterruptedException {
    ReleasedProject site = new ReleasedProject(project.toFile(), root);
    String before = site.live();
    Path log = project.resolve(signal + "-" + obstacle + ".log");
    Path hindrance = Files.createFile(site.path(obstacle));
    version++;
    Process release = start(log, target, "deploy:release");
    until(() -> !site.live().equals(before), log);
    Thread.sleep(500);
    String interrupted = site.live();
    String restarts = Files.readString(site.path("restarts"));

    new ProcessBuilder("kill", "-" + signal, Long.toString(release.pid())).start().waitFor();
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
    Path next = project.resolve(signal + "-" + obstacle + "-then.log");
    check(await(start(next, target, then), next) == 0, then + " failed", next);
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

  private Process start(Path log, String target, String goal) throws IOException {
    List<String> command = new ArrayList<>();
    // Whoever starts the build in the background has it ignore SIGINT, and its children with it.
    command.addAll(List.of("env", "--default-signal=INT,TERM", maven + "/bin/mvn"));
    command.addAll(List.of("-B", "-ntp", "-o", "-s", settings().toString()));
    command.add("-Dmaven.repo.local=" + repository);
    command.add("-Drevision=" + version + ".0.0");
    testProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
    if (!target.isEmpty()) {
      command.add("-Dit.target=" + target);
    }
    command.add(goal);
    return new ProcessBuilder(command)
        .directory(project.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
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
