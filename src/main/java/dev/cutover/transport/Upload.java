package dev.cutover.transport;

import dev.cutover.domain.Layout;
import dev.cutover.domain.Listing;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.error.CutoverException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One upload: few files each on their own, many as tar streams. The manifest goes last. It goes to
 * a place of its own below {@code staging/}, from where {@link HostOp.Assemble} takes it: what is
 * left of a try whose link fell silent can come in at any time, and must not meet a later one.
 */
final class Upload {

  /** Up to here each file goes up on its own. */
  private static final int FEW = 16;

  private static final int AT_ONCE = 4;

  private final String host;
  private final Connection connection;
  private final ReleaseId id;
  private final RemotePath place;
  private final Payload payload;
  private final Progress progress;

  /**
   * An upload.
   *
   * @param name of this try; of two tries of a run the later has the greater one
   */
  Upload(
      String host,
      Connection connection,
      Layout layout,
      ReleaseId id,
      String name,
      Payload payload,
      TransferListener listener) {
    this.host = host;
    this.connection = connection;
    this.id = id;
    this.place = layout.staging().child(id.value() + ".up-" + name);
    this.payload = payload;
    this.progress = new Progress(listener, payload.files().bytes());
  }

  /** Has the host ready for a payload that will be sent. */
  static void expect(Connection connection, Payload payload) {
    if (byTar(payload)) {
      TarUpload.expect(connection);
    }
  }

  private static boolean byTar(Payload payload) {
    boolean few = payload.files().count() <= FEW;
    // A file on its own brings no directory that is empty.
    return !few || !payload.emptyDirectories().isEmpty();
  }

  /** Sends everything; returns whether the modes went with it. */
  boolean send() {
    boolean tar = byTar(payload) || !sentFiles();
    if (tar) {
      new TarUpload(host, connection, place, id, payload, progress).send();
    } else {
      sendFiles();
    }
    progress.end();
    return tar;
  }

  /** Whether they went one by one: a server without SFTP has only the stream. */
  private boolean sentFiles() {
    try {
      sendFiles();
      return true;
    } catch (NoSftpException e) {
      return false;
    }
  }

  private void sendFiles() {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Object>> tasks = new ArrayList<>();
      for (Listing.Item file : payload.files().items()) {
        tasks.add(Executors.callable(() -> put(file)));
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
    String text = payload.manifest().textWith(payload.emptyDirectories());
    byte[] manifest = text.getBytes(StandardCharsets.UTF_8);
    connection.put(place.child(id.value() + ".manifest"), new ByteArrayInputStream(manifest));
  }

  private void put(Listing.Item file) {
    try (InputStream content = progress.of(payload.open(file.path()))) {
      connection.put(place.child(id.value()).child(file.path()), content);
    } catch (IOException e) {
      throw new CutoverException("%s cannot be read: %s".formatted(file.path(), e), "", e);
    }
  }
}
