package dev.cutover.transport.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import dev.cutover.domain.RemotePath;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.transport.NoSftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.NameScope;
import org.apache.commons.vfs2.cache.SoftRefFilesCache;
import org.apache.commons.vfs2.impl.DefaultFileSystemManager;
import org.apache.commons.vfs2.provider.UriParser;
import org.apache.commons.vfs2.provider.sftp.SftpFileSystemConfigBuilder;

/** New files through Commons VFS over a session that is open already. */
final class Uploads implements AutoCloseable {

  /** One file uses one SFTP channel; sshd allows ten channels of all kinds (MaxSessions). */
  private static final int CHANNELS = 4;

  private final String host;
  private final Link link;
  private final DefaultFileSystemManager manager = new DefaultFileSystemManager();
  private final FileObject root;
  private final Semaphore turns = new Semaphore(CHANNELS);

  Uploads(String host, Session session, Link link, Duration timeout) {
    this.host = host;
    this.link = link;
    try {
      SftpChannels channels = new SftpChannels(session);
      link.watchdog().every(Duration.ofSeconds(1), channels::reap);
      manager.addProvider("sftp", new SessionFileProvider(channels));
      manager.setFilesCache(new SoftRefFilesCache());
      manager.init();
      FileSystemOptions options = new FileSystemOptions();
      SftpFileSystemConfigBuilder.getInstance().setUserDirIsRoot(options, false);
      // The address is VFS's key for its cache and never dialled.
      root = manager.resolveFile("sftp://session/", options);
    } catch (FileSystemException e) {
      if (link.brokeNow()) {
        throw new HostLostException(host, link.reason("the link broke as SFTP began"), e);
      }
      throw new CutoverException(host + ": SFTP could not be set up: " + cause(e), "", e);
    }
  }

  void put(RemotePath file, InputStream content, Duration silence) {
    turns.acquireUninterruptibly();
    try (Watchdog.Watch watch =
        link.watchdog().watch(silence, () -> link.abort("an upload came to a standstill"))) {
      write(file, content, watch);
    } finally {
      turns.release();
    }
  }

  private void write(RemotePath path, InputStream content, Watchdog.Watch watch) {
    long sent;
    try {
      // VFS takes a name for a URI, and a backslash for a separator.
      String name = UriParser.encode(path.value().substring(1), new char[] {'\\', ':', '?'});
      FileObject target = root.resolveFile(name, NameScope.DESCENDENT);
      if (target instanceof SessionFile made) {
        made.expectNew();
      }
      sent = copy(content, target, watch);
      long stored = target.getContent().getSize();
      target.close();
      if (stored != sent) {
        throw new CutoverException(
            "%s: %s has %d bytes after %d were sent".formatted(host, path, stored, sent),
            "Look at the disk and its quotas on the host, then run the goal again.");
      }
    } catch (IOException e) {
      if (link.brokeNow()) {
        throw new HostLostException(host, link.reason("the link broke during " + path), e);
      }
      if (refusesSftp(e)) {
        throw new NoSftpException(host, e);
      }
      throw new CutoverException(
          host + ": " + path + " could not be written: " + cause(e),
          "Look at the disk and the permissions on the host, then run the goal again.",
          e);
    }
  }

  private static long copy(InputStream content, FileObject target, Watchdog.Watch watch)
      throws IOException {
    try (OutputStream out = target.getContent().getOutputStream()) {
      byte[] buffer = new byte[64 << 10];
      long sent = 0;
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        out.write(buffer, 0, count);
        sent += count;
        watch.touch();
      }
      return sent;
    }
  }

  /** JSch has these words for a subsystem that the server does not have, and no other sign. */
  private static boolean refusesSftp(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof JSchException
          && String.valueOf(at.getMessage()).equals("failed to send channel request")) {
        return true;
      }
    }
    return false;
  }

  /** The server's own words, which VFS and JSch bury below theirs. */
  private static String cause(Throwable e) {
    Throwable deepest = e;
    for (Throwable at = e; at != null; at = at.getCause()) {
      deepest = at;
      if (at instanceof SftpException) {
        break;
      }
    }
    String message = deepest.getMessage();
    return message == null || message.isEmpty() ? deepest.toString() : message;
  }

  @Override
  public void close() {
    manager.close();
  }
}
