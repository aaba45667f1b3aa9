package dev.cutover.transport.ssh;

import dev.cutover.domain.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Public keys in SSH's wire format. */
final class HostKeys {

  private HostKeys() {}

  /** The type a key names itself, e.g. {@code ssh-ed25519}; empty when it is malformed. */
  static String type(byte[] key) {
    if (key.length < 4) {
      return "";
    }
    int length = ByteBuffer.wrap(key).getInt();
    return length < 0 || length > key.length - 4
        ? ""
        : new String(key, 4, length, StandardCharsets.US_ASCII);
  }

  /** As {@code ssh-keygen -l} prints it: {@code SHA256:…}. */
  static String fingerprint(byte[] key) {
    byte[] digest = Digests.sha256().digest(key);
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
  }
}
