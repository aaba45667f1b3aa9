package dev.cutover.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cutover.domain.Digests;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A running sha256. */
final class Sha256 {

  private final MessageDigest digest = Digests.sha256();

  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  Sha256 add(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    add(bytes, bytes.length);
    return this;
  }

  /** The digest in lower-case hex; starts anew. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
