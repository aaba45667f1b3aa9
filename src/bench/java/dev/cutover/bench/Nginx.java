package dev.cutover.bench;

import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An nginx on loopback whose document root is a link, and wrk to load it. */
final class Nginx implements AutoCloseable {

  private static final String BINARY = "/usr/sbin/nginx";
  private static final Pattern ANSWERS = Pattern.compile("([0-9]+) requests in");
  private static final Pattern OTHER = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");
  private static final Pattern ERRORS =
      Pattern.compile(
          "Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)");

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** What wrk counted. */
  record Answers(long all, long bad) {}

  static boolean installed() {
    return Files.isExecutable(Path.of(BINARY)) && PeerTool.installed("wrk");
  }

  static Nginx serving(Path directory, Path documents) throws IOException, InterruptedException {
    int port = OpenSshServer.freePort();
    Path config = directory.resolve("nginx.conf");
    Files.writeString(
        config,
        String.join(
            "\n",
            "daemon off;",
            System.getProperty("user.name").equals("root") ? "user root;" : "",
            "worker_processes 1;",
            "pid " + directory.resolve("pid") + ";",
            "error_log " + directory.resolve("error.log") + ";",
            "events { worker_connections 256; }",
            "http {",
            "  access_log off;",
            "  client_body_temp_path " + directory.resolve("body") + ";",
            "  proxy_temp_path " + directory.resolve("proxy") + ";",
            "  fastcgi_temp_path " + directory.resolve("fastcgi") + ";",
            "  uwsgi_temp_path " + directory.resolve("uwsgi") + ";",
            "  scgi_temp_path " + directory.resolve("scgi") + ";",
            "  keepalive_requests 1000000;",
            "  server { listen 127.0.0.1:" + port + "; root " + documents + "; }",
            "}",
            ""));
    Process process =
        new ProcessBuilder(BINARY, "-p", directory.toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    nginx.awaitReady(directory);
    return nginx;
  }

  private void awaitReady(Path directory) throws IOException, InterruptedException {
    for (int tries = 0; tries < 200; tries++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    close();
    throw new IOException("nginx does not listen: " + Files.readString(directory.resolve("out")));
  }

  /** Starts to ask for a file until {@link Load#end}. */
  Load load(String path) throws IOException {
    // Wrk prints what it counted when it is interrupted.
    return new Load(
        new ProcessBuilder("wrk", "-t1", "-c8", "-d1h", "http://127.0.0.1:" + port + path)
            .redirectErrorStream(true)
            .start());
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** A wrk at work. */
  record Load(Process process) {

    Answers end() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      long bad = sum(OTHER.matcher(said)) + sum(ERRORS.matcher(said));
      return new Answers(sum(ANSWERS.matcher(said)), bad);
    }

    private static long sum(Matcher matcher) {
      long sum = 0;
      if (matcher.find()) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
          sum += Long.parseLong(matcher.group(group));
        }
      }
      return sum;
    }
  }
}
