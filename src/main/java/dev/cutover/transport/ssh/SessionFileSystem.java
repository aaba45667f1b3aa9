package dev.cutover.transport.ssh;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.GenericFileName;
import org.apache.commons.vfs2.provider.sftp.SftpFileSystem;

/**
 * SFTP channels of a session that is not VFS's own: kept while idle, and the session stays open
 * when VFS closes.
 */
final class SessionFileSystem extends SftpFileSystem {

  private final Session shared;
  private final Duration timeout;
  private final ArrayDeque<ChannelSftp> idle = new ArrayDeque<>();

  SessionFileSystem(
      GenericFileName root, Session session, FileSystemOptions options, Duration timeout) {
    super(root, session, options);
    this.shared = session;
    this.timeout = timeout;
  }

  @Override
  protected FileObject createFile(AbstractFileName name) throws FileSystemException {
    return new SessionFile(name, this);
  }

  @Override
  protected ChannelSftp getChannel() throws IOException {
    synchronized (idle) {
      ChannelSftp kept = idle.poll();
      if (kept != null && kept.isConnected()) {
        return kept;
      }
    }
    try {
      ChannelSftp channel = (ChannelSftp) shared.openChannel("sftp");
      if (channel == null) {
        throw new IOException("the SSH session is down");
      }
      // 16, the default, caps an upload at 13 MB/s over 40 ms; 64 fills the server's window.
      channel.setBulkRequests(64);
      channel.connect((int) timeout.toMillis());
      return channel;
    } catch (JSchException e) {
      throw new IOException("no SFTP: " + e.getMessage(), e);
    }
  }

  @Override
  protected void putChannel(ChannelSftp channel) {
    synchronized (idle) {
      if (channel.isConnected() && !channel.isClosed()) {
        idle.add(channel);
      }
    }
  }

  /** No {@code id -u}: it would cost an exec and an SFTP-only server has none. */
  @Override
  public int getUId() {
    return -1;
  }

  @Override
  protected void doCloseCommunicationLink() {
    synchronized (idle) {
      idle.forEach(ChannelSftp::disconnect);
      idle.clear();
    }
  }
}
