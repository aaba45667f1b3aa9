import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo: releases a real web shop three times to a directory of this machine, the last time with
 * a bug, and asks the shop after each what it serves. Ends with status 1 when anything is not as it
 * should be.
 *
 * <p>Run by {@code ./mvnw -q -Pdemo} with: the shop's project, where to play, the repository that
 * holds the plugin, the plugin's version, the home of Maven, and the user's own repository.
 */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path shop;
  private final Path root;
  private final Path maven;
  private final int port;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      say("Building the plugin. The first time this also fetches what it is made of …");
      return;
    }
    long started = System.nanoTime();
    Demo demo = new Demo(Path.of(args[1]), Path.of(args[4]));
    demo.prepare(Path.of(args[0]), args[2], args[5], args[3]);
    boolean asPromised;
    try {
      asPromised = demo.play();
    } finally {
      demo.stopShop();
    }
    say("");
    say(
        asPromised
            ? "Done in %d s: two good releases went live, the broken one put itself back."
            : "Something above is not what it should be (after %d s).",
        Duration.ofNanos(System.nanoTime() - started).toSeconds());
    say("The host is in   " + demo.root);
    say("The project is   " + demo.shop.resolve("pom.xml"));
    System.exit(asPromised ? 0 : 1);
  }

  private Demo(Path place, Path mavenHome) throws IOException {
    this.shop = place.resolve("project");
    this.root = place.resolve("host/srv/shop");
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    this.maven = mavenHome.resolve(windows ? "bin/mvn.cmd" : "bin/mvn");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  private boolean play() throws Exception {
    boolean good = release("1.0.0", "the first release", true);
    good &= serves("1.0.0");
    good &= release("2.0.0", "an update", true);
    good &= serves("2.0.0");
    good &= release("3.0.0", "an update with a bug: its /health answers 503", false);
    good &= serves("2.0.0");
    say("");
    say("── What stands on the host now");
    good &= mvn("deploy:status", "-Drevision=3.0.0") == 0;
    return good;
  }

  private boolean release(String version, String what, boolean works) throws Exception {
    say("");
    say("── Version %s, %s", version, what);
    Path flag = shop.resolve("src/main/resources/shop.properties");
    Files.writeString(flag, "broken=" + !works + "\n");
    return (mvn("deploy:release", "-Drevision=" + version) == 0) == works;
  }

  /** Asks the shop over HTTP what it is. */
  private boolean serves(String version) throws InterruptedException {
    URI uri = URI.create("http://localhost:" + port + "/version");
    String answer;
    try {
      answer =
          http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString())
              .body();
    } catch (IOException e) {
      answer = "no answer: " + e;
    }
    say("");
    say("  The shop, asked at %s:", uri);
    say("    %s", answer);
    return answer.contains("\"version\":\"" + version + "\"");
  }

  /** Runs Maven as the user would and passes on what it prints, but for Maven's own chatter. */
  private int mvn(String... arguments) throws IOException, InterruptedException {
    say("   $ mvn %s", String.join(" ", arguments));
    say("");
    List<String> command =
        Stream.concat(Stream.of(maven.toString(), "-B", "-ntp"), Arrays.stream(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).directory(shop.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .put(
            "MAVEN_OPTS",
            "-XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
                + " -Dorg.slf4j.simpleLogger.log.dev.cutover=info");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    boolean own = true;
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // After the plugin's own words Maven says the same again at length.
        own &= !line.startsWith("[ERROR] Failed to execute goal");
        if (own) {
          say("  %s", line.replaceFirst("^\\[(INFO|WARNING|ERROR)] ?", "  "));
        }
      }
    }
    return process.waitFor();
  }

  private void prepare(
      Path source, String repository, String users, String pluginVersion) throws IOException {
    delete(shop);
    delete(root);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files.filter(f -> !f.startsWith(source.resolve("target")))::iterator) {
        Files.createDirectories(shop.resolve(source.relativize(file)).getParent());
        Files.copy(
            file, shop.resolve(source.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path pom = shop.resolve("pom.xml");
    Files.writeString(pom, Files.readString(pom).replace("@project.version@", pluginVersion));
    Files.createDirectories(shop.resolve(".mvn"));
    Files.writeString(
        shop.resolve(".mvn/maven.config"),
        String.join(
            "\n",
            // The plugin that was just built comes before one that was installed earlier.
            "-Dmaven.repo.local=" + repository,
            "-Dmaven.repo.local.tail=" + users,
            "-Dshop.port=" + port,
            "-Dshop.root=" + root.toUri().getRawPath(),
            ""));
    // What belongs to the machine and not to a release is put there by hand, once.
    Path config = Files.createDirectories(root.resolve("shared/config"));
    Files.writeString(config.resolve("shop.properties"), "port=" + port + "\n");
    say("A web shop on port %d, released to %s", port, root);
  }

  private void stopShop() throws IOException, InterruptedException {
    ProcessBuilder stop =
        new ProcessBuilder("sh", shop.resolve("src/main/deploy/bin/stop").toString()).inheritIO();
    stop.environment().put("SHARED_PATH", root.resolve("shared").toString());
    stop.start().waitFor();
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void say(String text, Object... arguments) {
    System.out.println(arguments.length == 0 ? text : text.formatted(arguments));
  }
}
