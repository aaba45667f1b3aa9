package dev.cutover.transport.ssh;

import com.jcraft.jsch.ChannelSftp;
import java.io.IOException;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.GenericFileName;
import org.apache.commons.vfs2.provider.sftp.SftpFileSystem;

/** SFTP over a session that is not VFS's own, and stays open when VFS closes. */
final class SessionFileSystem extends SftpFileSystem {

  private final SftpChannels channels;

  SessionFileSystem(GenericFileName root, SftpChannels channels, FileSystemOptions options) {
    super(root, channels.session(), options);
    this.channels = channels;
  }

  @Override
  protected FileObject createFile(AbstractFileName name) throws FileSystemException {
    return new SessionFile(name, this);
  }

  @Override
  protected ChannelSftp getChannel() throws IOException {
    return channels.take();
  }

  @Override
  protected void putChannel(ChannelSftp channel) {
    channels.giveBack(channel);
  }

  /** No {@code id -u}: it would cost an exec and an SFTP-only server has none. */
  @Override
  public int getUId() {
    return -1;
  }

  @Override
  protected void doCloseCommunicationLink() {
    channels.close();
  }
}
