package dev.cutover.transport.ssh;

import org.apache.commons.vfs2.provider.sftp.SftpFileNameParser;

/** Keeps an encoded backslash encoded: VFS would take it for a separator. */
final class SessionFileNames extends SftpFileNameParser {

  @Override
  public boolean encodeCharacter(char c) {
    return super.encodeCharacter(c) || c == '\\';
  }
}
