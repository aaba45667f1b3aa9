package dev.cutover.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.RemotePath;
import dev.cutover.testkit.server.OpenSshServer;
import dev.cutover.transport.Connection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The connection against a real OpenSSH server. */
@Timeout(600)
class SshConnectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static OpenSshServer server;
  private static Connection connection;

  @BeforeAll
  static void open(@TempDir Path shared) {
    server = OpenSshServer.start(shared);
    connection = new SshConnector(server.options()).open(server.target(shared));
  }

  @AfterAll
  static void close() {
    if (connection != null) {
      connection.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aScriptIsRunWithItsLinesStreamedAndItsStatusTold() {
    List<String> lines = new ArrayList<>();
    Connection.Exit exit =
        connection.run(
            "echo eins\nprintf 'zwei ä\\ndrei'\necho oh >&2\nexit 7\n", PATIENCE, lines::add);

    assertThat(lines).containsExactly("eins", "zwei ä", "drei");
    assertThat(exit.status()).hasValue(7);
    assertThat(exit.stderr()).isEqualTo("oh\n");
  }

  @Test
  void aCommandTakesDataOnItsStdin(@TempDir Path scratch) throws IOException {
    byte[] data = new byte[5_000_000];
    new java.util.Random(7).nextBytes(data);
    Path file = scratch.resolve("data");

    Connection.Exit exit = connection.pipe("cat >" + file, out -> out.write(data), PATIENCE);

    assertThat(exit.status()).hasValue(0);
    assertThat(Files.readAllBytes(file)).isEqualTo(data);
  }

  @Test
  void aFeedTakesLinesOnceItsScriptHasSpoken() throws InterruptedException {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    Connection.Feed feed =
        connection.open(
            "{ echo ready; while read -r l; do echo \"got $l\"; done; echo end; exit; }\n",
            heard::add);
    feed.send("a");

    assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("ready");
    assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("got a");
    assertThat(feed.open()).isTrue();
    feed.close();
    assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("end");
  }

  @Test
  void aFileIsPutWithItsParentsWhateverItsName(@TempDir Path scratch) throws IOException {
    Path file = scratch.resolve("a b/c%20d/e*f?[g]\\h'i\"");
    byte[] data = "Inhalt".getBytes(UTF_8);

    connection.put(new RemotePath(file.toString()), new ByteArrayInputStream(data));

    assertThat(Files.readAllBytes(file)).isEqualTo(data);
  }

  @Test
  void manyThreadsWorkAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(5);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String script = "read -r x </dev/null; echo $((" + i + " * 2)); exit " + i + "\n";
        answers.add(
            pool.submit(
                () -> {
                  List<String> lines = new ArrayList<>();
                  int status = connection.run(script, PATIENCE, lines::add).status().orElse(-1);
                  assertThat(lines).containsExactly(Integer.toString(status * 2));
                  return status;
                }));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(answers.get(i).get()).isEqualTo(i);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void everyLoginShellReadsTheCommandAlike() throws Exception {
    for (String shell : List.of("csh", "tcsh", "fish", "bash", "dash")) {
      Path binary = Path.of("/usr/bin", shell);
      if (Files.isExecutable(binary)) {
        Process process =
            new ProcessBuilder(binary.toString(), "-c", SpareShell.COMMAND)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().write("echo \"it's\" $((6 * 7))\n".getBytes(UTF_8));
        process.getOutputStream().close();
        assertThat(process.getInputStream().readAllBytes())
            .as(shell)
            .asString()
            .isEqualTo("it's 42\n");
      }
    }
  }

  @Test
  void aHostThatGrantsFewChannelsIsStillWorked(@TempDir Path directory) {
    try (OpenSshServer narrow = OpenSshServer.start(directory, "MaxSessions 2");
        Connection slim = new SshConnector(narrow.options()).open(narrow.target(directory))) {
      for (int i = 0; i < 3; i++) {
        assertThat(slim.run("exit 3\n", PATIENCE, line -> {}).status()).hasValue(3);
      }
      // With one channel held, the spare shell makes room for a stream, but not for two.
      Connection.Feed holder = slim.open("echo ready; cat\n", line -> {});
      List<Optional<Connection.Exit>> beside = new ArrayList<>();
      Connection.Exit exit =
          slim.pipe(
              "cat >/dev/null",
              out -> {
                out.write(new byte[99]);
                beside.add(slim.pipeBeside("exit 4", more -> more.write(1), PATIENCE));
              },
              PATIENCE);
      assertThat(exit.status()).hasValue(0);
      assertThat(beside).containsExactly(Optional.empty());
      holder.close();
    }
  }

  @Test
  void streamsGoBesideEachOther() {
    List<Optional<Connection.Exit>> beside = new ArrayList<>();
    Connection.Exit exit =
        connection.pipe(
            "cat >/dev/null; exit 5",
            out -> {
              out.write(1);
              beside.add(
                  connection.pipeBeside("cat >/dev/null; exit 4", o -> o.write(1), PATIENCE));
            },
            PATIENCE);
    assertThat(exit.status()).hasValue(5);
    assertThat(beside)
        .singleElement()
        .extracting(e -> e.orElseThrow().status().orElse(0))
        .isEqualTo(4);
  }

  @Test
  void aStreamTakesTheProcessThatWasPreparedForIt(@TempDir Path directory) {
    Path file = directory.resolve("prepared");
    String command = "exec /bin/sh -c 'IFS= read -r f && exec cat >\"$f\"'";
    connection.prepare(command);
    connection.prepare(command);
    for (String content : List.of("one", "two")) {
      Connection.Exit exit =
          connection.pipe(
              command, out -> out.write((file + "\n" + content).getBytes(UTF_8)), PATIENCE);
      assertThat(exit.status()).hasValue(0);
      assertThat(file).hasContent(content);
    }
  }
}
