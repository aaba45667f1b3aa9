package dev.cutover.transport.ssh;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileType;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.sftp.SftpFileObject;
import org.jspecify.annotations.Nullable;

/**
 * A file by its absolute path. VFS's own goes by a path relative to a working directory, which
 * costs two round trips a channel to set, and hands names to JSch unquoted, which takes {@code *},
 * {@code ?} and {@code \} for patterns.
 */
final class SessionFile extends SftpFileObject {

  private final SessionFileSystem files;
  private final String path;
  private @Nullable SftpATTRS attributes;
  private boolean fresh;

  SessionFile(AbstractFileName name, SessionFileSystem files) throws FileSystemException {
    super(name, files);
    this.files = files;
    this.path = name.getPathDecoded();
  }

  /** Takes it for missing without asking, until it is written: a round trip saved. */
  synchronized void expectNew() {
    fresh = true;
  }

  @Override
  protected synchronized FileType doGetType() throws Exception {
    if (fresh) {
      return FileType.IMAGINARY;
    }
    if (attributes == null) {
      attributes = stat();
    }
    if (attributes == null) {
      return FileType.IMAGINARY;
    }
    return attributes.isDir() ? FileType.FOLDER : FileType.FILE;
  }

  @Override
  protected synchronized long doGetContentSize() throws Exception {
    if (attributes == null) {
      attributes = stat();
    }
    SftpATTRS known = attributes;
    return known == null ? 0 : known.getSize();
  }

  /** Looked at again when somebody asks, and not before. */
  @Override
  protected synchronized void onChange() {
    fresh = false;
    attributes = null;
  }

  @Override
  protected synchronized void doDetach() {
    attributes = null;
  }

  @Override
  protected void doCreateFolder() throws Exception {
    ChannelSftp channel = files.getChannel();
    try {
      channel.mkdir(path);
    } finally {
      files.putChannel(channel);
    }
  }

  @Override
  protected OutputStream doGetOutputStream(boolean append) throws Exception {
    ChannelSftp channel = files.getChannel();
    try {
      return new Output(channel, channel.put(quoted(path), ChannelSftp.OVERWRITE));
    } catch (Exception e) {
      files.putChannel(channel);
      throw e;
    }
  }

  private @Nullable SftpATTRS stat() throws IOException, SftpException {
    ChannelSftp channel = files.getChannel();
    try {
      return channel.stat(quoted(path));
    } catch (SftpException e) {
      if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return null;
      }
      throw e;
    } finally {
      files.putChannel(channel);
    }
  }

  static String quoted(String path) {
    return path.replaceAll("[*?\\\\]", "\\\\$0");
  }

  /**
   * After a failure nothing more is said on its channel: JSch goes on to count the answer that told
   * the failure among those to come, and would wait for it for ever.
   */
  private final class Output extends FilterOutputStream {
    private final ChannelSftp channel;
    private final OutputStream file;
    private boolean open = true;
    private boolean broken;

    Output(ChannelSftp channel, OutputStream file) {
      super(new BufferedOutputStream(file, 64 << 10));
      this.channel = channel;
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      broken = true;
      out.write(bytes, offset, length);
      broken = false;
    }

    @Override
    public void flush() throws IOException {
      broken = true;
      out.flush();
      broken = false;
    }

    @Override
    public void close() throws IOException {
      if (!open) {
        return;
      }
      open = false;
      try {
        if (!broken) {
          flush();
          broken = true;
          file.close();
          broken = false;
        }
      } finally {
        if (broken) {
          channel.disconnect();
        }
        files.putChannel(channel);
      }
    }
  }
}
