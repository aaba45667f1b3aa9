package dev.cutover.transport;

import dev.cutover.domain.Layout;
import dev.cutover.domain.Manifest;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.error.CutoverException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One upload: few files each on their own, many as one tar stream. The manifest goes last. */
final class Upload {

  /** Up to here each file goes up on its own. */
  private static final int FEW = 16;

  private static final int AT_ONCE = 4;

  /**
   * Unpacks below the directory that its first line names: the command is the same for all, and can
   * be started before the directory is there.
   */
  private static final String UNPACK =
      "exec /bin/sh -c 'IFS= read -r d && cd \"$d\" && exec tar -xpof -'";

  private final String host;
  private final Connection connection;
  private final Layout layout;
  private final ReleaseId id;
  private final Payload payload;
  private final Progress progress;

  Upload(
      String host,
      Connection connection,
      Layout layout,
      ReleaseId id,
      Payload payload,
      TransferListener listener) {
    this.host = host;
    this.connection = connection;
    this.layout = layout;
    this.id = id;
    this.payload = payload;
    this.progress = new Progress(listener, payload.manifest().bytes());
  }

  /** Has the host ready for a payload that will be sent. */
  static void expect(Connection connection, Payload payload) {
    if (byTar(payload)) {
      connection.prepare(UNPACK);
    }
  }

  private static boolean byTar(Payload payload) {
    boolean few = payload.manifest().entries().size() <= FEW;
    // A file on its own brings no directory that is empty.
    return !few || !payload.emptyDirectories().isEmpty();
  }

  /** Sends everything; returns whether the modes went with it. */
  boolean send() {
    boolean tar = byTar(payload);
    if (tar) {
      sendTar();
    } else {
      sendFiles();
    }
    progress.end();
    return tar;
  }

  private void sendTar() {
    Connection.Exit exit = connection.pipe(UNPACK, this::writeTar, ScriptedHost.SILENCE);
    if (exit.status().orElse(0) != 0) {
      String said = exit.stderr().strip();
      String why = Cause.of(said, false).map(cause -> " (" + cause + ")").orElse("");
      throw new CutoverException(
          "%s: the upload to %s failed%s: %s".formatted(host, layout.staged(id), why, said), "");
    }
  }

  private void writeTar(OutputStream out) throws IOException {
    out.write((layout.staging().value() + "\n").getBytes(StandardCharsets.UTF_8));
    new TarStream(id, payload, progress).writeTo(out);
  }

  private void sendFiles() {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Object>> tasks = new ArrayList<>();
      for (Manifest.Entry entry : payload.manifest().entries()) {
        tasks.add(Executors.callable(() -> put(entry)));
      }
      for (Future<Object> task : pool.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CutoverException(host + ": the upload was interrupted", "", e);
    } finally {
      pool.shutdownNow();
    }
    byte[] manifest = payload.manifest().text().getBytes(StandardCharsets.UTF_8);
    connection.put(
        layout.staging().child(id.value() + ".manifest"), new ByteArrayInputStream(manifest));
  }

  private void put(Manifest.Entry entry) {
    try (InputStream content = progress.of(payload.open(entry))) {
      connection.put(layout.staged(id).child(entry.path()), content);
    } catch (IOException e) {
      throw new CutoverException("%s cannot be read: %s".formatted(entry.path(), e), "", e);
    }
  }
}
