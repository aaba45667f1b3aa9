package dev.cutover.transport.ssh;

import org.apache.commons.vfs2.FileName;
import org.apache.commons.vfs2.FileSystem;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.provider.GenericFileName;
import org.apache.commons.vfs2.provider.sftp.SftpFileProvider;

/** Gives VFS our session instead of letting it open one of its own. */
final class SessionFileProvider extends SftpFileProvider {

  private final SftpChannels channels;

  SessionFileProvider(SftpChannels channels) {
    this.channels = channels;
    setFileNameParser(new SessionFileNames());
  }

  /** The options must stay the very ones VFS caches by: a copy would leak channels. */
  @Override
  protected FileSystem doCreateFileSystem(FileName name, FileSystemOptions options) {
    return new SessionFileSystem((GenericFileName) name, channels, options);
  }
}
