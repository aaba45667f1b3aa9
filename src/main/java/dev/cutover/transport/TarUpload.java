package dev.cutover.transport;

import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.error.CutoverException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Many files, as tar streams. A server takes 2 MiB of one stream before it wants to be waited for,
 * so that a long link stands idle for a part of the time: a large upload goes by two at once, which
 * share its files out between themselves.
 */
final class TarUpload {

  /**
   * Unpacks below the directory that its first line names: the command is the same for all, and can
   * be started before the directory is there.
   */
  private static final String UNPACK =
      "exec /bin/sh -c 'IFS= read -r d && mkdir -p \"$d\" && cd \"$d\" && exec tar -xpof -'";

  /** What the first has sent before another could begin. */
  private static final long WORTH_ANOTHER = 4 << 20;

  private static final int LINES = 5;

  private final String host;
  private final Connection connection;
  private final RemotePath place;
  private final ReleaseId id;
  private final Payload payload;
  private final Progress progress;
  private final Shares shares;

  TarUpload(
      String host,
      Connection connection,
      RemotePath place,
      ReleaseId id,
      Payload payload,
      Progress progress) {
    this.host = host;
    this.connection = connection;
    this.place = place;
    this.id = id;
    this.payload = payload;
    this.progress = progress;
    this.shares = new Shares(payload.files());
  }

  /** Has the host ready for it. */
  static void expect(Connection connection) {
    connection.prepare(UNPACK);
  }

  void send() {
    ExecutorService pool = Executors.newCachedThreadPool(TarUpload::thread);
    try {
      List<CompletableFuture<Void>> streams = new ArrayList<>();
      streams.add(CompletableFuture.runAsync(this::first, pool));
      if (payload.files().bytes() > WORTH_ANOTHER) {
        streams.add(CompletableFuture.runAsync(this::another, pool));
      }
      // All of them: none may go on after this has returned.
      CompletableFuture.allOf(streams.toArray(new CompletableFuture<?>[0])).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      pool.shutdown();
    }
  }

  private void first() {
    check(connection.pipe(UNPACK, out -> stream(out).writeWhole(), ScriptedHost.SILENCE));
  }

  private void another() {
    Optional<Connection.Exit> exit =
        connection.pipeBeside(UNPACK, out -> stream(out).writeShares(), ScriptedHost.SILENCE);
    exit.ifPresent(this::check);
  }

  private TarStream stream(OutputStream out) throws IOException {
    out.write((place.value() + "\n").getBytes(StandardCharsets.UTF_8));
    return new TarStream(id, payload, shares, progress, out);
  }

  private void check(Connection.Exit exit) {
    int status = exit.status().orElse(0);
    if (status != 0) {
      String said = firstLines(exit.stderr().strip());
      String why = said.isEmpty() ? "tar ended with exit status " + status : said;
      throw new CutoverException("%s: the upload to %s failed: %s".formatted(host, place, why), "");
    }
  }

  /** Tar says of each file that it could not be written; the first will do. */
  private static String firstLines(String said) {
    return said.lines()
        .limit(LINES)
        .map(line -> HostText.plain(line, Budget.MESSAGE_LINE))
        .collect(Collectors.joining("\n"));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "cutover-upload");
    thread.setDaemon(true);
    return thread;
  }
}
