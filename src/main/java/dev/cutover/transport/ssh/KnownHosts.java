package dev.cutover.transport.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys written down for hosts, from any number of known_hosts files, judged as OpenSSH does
 * with {@code StrictHostKeyChecking yes}. JSch's own reader takes one file, forgets where an entry
 * stands, knows no patterns for plain keys, and takes a key of another type for a new host.
 */
final class KnownHosts {

  /** What the files say about a key. */
  sealed interface Verdict {
    record Known() implements Verdict {}

    record Unknown() implements Verdict {}

    /** The host is known by another key, of the same type or not. */
    record Changed(KnownHostsEntry by) implements Verdict {}

    record Revoked(KnownHostsEntry by) implements Verdict {}
  }

  private final List<Path> files;
  private final List<KnownHostsEntry> entries = new ArrayList<>();

  KnownHosts(List<Path> files) {
    this.files = List.copyOf(files);
    files.forEach(this::load);
  }

  List<Path> files() {
    return files;
  }

  List<KnownHostsEntry> entries() {
    return List.copyOf(entries);
  }

  /** Entries that name a host and say nothing about revocation or authorities. */
  List<KnownHostsEntry> plain(HostName name) {
    return entries.stream()
        .filter(entry -> entry.marker() == KnownHostsEntry.Marker.NONE)
        .filter(entry -> entry.names(name.known()))
        .toList();
  }

  Verdict judge(HostName name, byte[] key) {
    Optional<KnownHostsEntry> revoked =
        entries.stream()
            .filter(entry -> entry.marker() == KnownHostsEntry.Marker.REVOKED)
            .filter(entry -> Arrays.equals(entry.key(), key))
            .filter(entry -> entry.names(name.known()) || entry.names(name.bare()))
            .findFirst();
    if (revoked.isPresent()) {
      return new Verdict.Revoked(revoked.get());
    }
    List<KnownHostsEntry> known = plain(name);
    if (known.stream().anyMatch(entry -> Arrays.equals(entry.key(), key))) {
      return new Verdict.Known();
    }
    if (!known.isEmpty()) {
      return new Verdict.Changed(nearest(known, key));
    }
    // As OpenSSH: an entry without the port vouches for the key, but does not contradict it.
    boolean bare =
        entries.stream()
            .filter(entry -> entry.marker() == KnownHostsEntry.Marker.NONE)
            .anyMatch(entry -> entry.names(name.bare()) && Arrays.equals(entry.key(), key));
    return bare ? new Verdict.Known() : new Verdict.Unknown();
  }

  private static KnownHostsEntry nearest(List<KnownHostsEntry> known, byte[] key) {
    String type = HostKeys.type(key);
    return known.stream()
        .filter(entry -> entry.type().equals(type))
        .findFirst()
        .orElse(known.get(0));
  }

  private void load(Path file) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      List<String> lines = Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        KnownHostsEntry.parse(file, i + 1, lines.get(i)).ifPresent(entries::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
