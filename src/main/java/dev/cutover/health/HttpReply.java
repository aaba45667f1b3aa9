package dev.cutover.health;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What an HTTP server answered.
 *
 * @param body its first {@link #MOST} bytes
 * @param location where a redirect leads
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record HttpReply(int status, byte[] body, Charset charset, Optional<String> location) {

  /** 1 MiB: as much of a body as anybody has a check for. */
  static final int MOST = 1 << 20;

  String text() {
    return new String(body, charset);
  }
}
