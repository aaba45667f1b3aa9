package dev.cutover.transport.ssh;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of a known_hosts file.
 *
 * @param hosts patterns separated by commas, or one hashed name
 * @param key the public key in SSH's wire format
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the key is only read.
record KnownHostsEntry(Path file, int line, Marker marker, String hosts, String type, byte[] key) {

  /** What a line says beyond "this is its key". */
  enum Marker {
    NONE,
    AUTHORITY,
    REVOKED
  }

  /** Empty for comments and for lines OpenSSH would not understand either. */
  static Optional<KnownHostsEntry> parse(Path file, int number, String text) {
    List<String> words = Arrays.asList(text.strip().split("[ \t]+", -1));
    if (words.get(0).isEmpty() || words.get(0).startsWith("#")) {
      return Optional.empty();
    }
    boolean marked = words.get(0).startsWith("@");
    Optional<Marker> marker = marked ? marker(words.get(0)) : Optional.of(Marker.NONE);
    int at = marked ? 1 : 0;
    if (marker.isEmpty() || words.size() < at + 3) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(words.get(at + 2));
      return Optional.of(
          new KnownHostsEntry(file, number, marker.get(), words.get(at), words.get(at + 1), key));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<Marker> marker(String word) {
    return switch (word) {
      case "@cert-authority" -> Optional.of(Marker.AUTHORITY);
      case "@revoked" -> Optional.of(Marker.REVOKED);
      default -> Optional.empty();
    };
  }

  /** Whether this line speaks of a host, given as known_hosts writes it. */
  boolean names(String host) {
    return hosts.startsWith("|1|")
        ? hashes(host.toLowerCase(Locale.ROOT))
        : HostPatterns.match(Arrays.asList(hosts.split(",", -1)), host);
  }

  private boolean hashes(String host) {
    String[] parts = hosts.split("\\|", -1);
    if (parts.length != 4) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
      byte[] hash = mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      return false;
    }
  }

  /** Where a person finds it. */
  String where() {
    return file + " line " + line;
  }
}
