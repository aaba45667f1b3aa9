package dev.cutover.transport.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lets JSch ask {@link KnownHosts}, and remembers the key that was shown and the verdict on it, of
 * which JSch's exceptions say little.
 */
final class HostKeyGate implements HostKeyRepository {

  /** What happens to a key nobody knows. */
  @FunctionalInterface
  interface Newcomer {
    /** Whether it is trusted from now on. */
    boolean trust(HostName name, byte[] key);
  }

  private final KnownHosts known;
  private final HostName name;
  private final Newcomer newcomer;
  private Optional<KnownHosts.Verdict> verdict = Optional.empty();
  private boolean refused;
  private byte[] shown = new byte[0];

  HostKeyGate(KnownHosts known, HostName name, Newcomer newcomer) {
    this.known = known;
    this.name = name;
    this.newcomer = newcomer;
  }

  Optional<KnownHosts.Verdict> verdict() {
    return verdict;
  }

  /** Whether an unknown key was turned away. */
  boolean refused() {
    return refused;
  }

  List<Path> files() {
    return known.files();
  }

  byte[] shown() {
    return shown.clone();
  }

  @Override
  public int check(String host, byte[] key) {
    KnownHosts.Verdict judged = known.judge(name, key);
    verdict = Optional.of(judged);
    shown = key.clone();
    if (judged instanceof KnownHosts.Verdict.Known) {
      return OK;
    }
    if (judged instanceof KnownHosts.Verdict.Unknown) {
      refused = !newcomer.trust(name, key);
      return refused ? NOT_INCLUDED : OK;
    }
    return CHANGED;
  }

  @Override
  public void add(HostKey key, UserInfo user) {
    // Trust is written down in check, where the file and the line are ours to choose.
  }

  @Override
  public void remove(String host, String type) {
    // Never: a changed key is for a person to remove.
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    // Never: a changed key is for a person to remove.
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return "known_hosts";
  }

  /** Authorities for this host, and everything that is revoked. */
  @Override
  public HostKey[] getHostKey() {
    return keys(
        entry ->
            switch (entry.marker()) {
              case AUTHORITY -> entry.names(name.known());
              case REVOKED -> entry.names(name.known()) || entry.names(name.bare());
              case NONE -> false;
            });
  }

  /** The plain keys of this host: JSch asks the server for their types first. */
  @Override
  public HostKey[] getHostKey(String host, String type) {
    List<KnownHostsEntry> plain = known.plain(name);
    boolean bare = plain.isEmpty();
    return keys(
        entry ->
            entry.marker() == KnownHostsEntry.Marker.NONE
                && entry.names(bare ? name.bare() : name.known())
                && (type == null || entry.type().equals(type)));
  }

  private HostKey[] keys(Predicate<KnownHostsEntry> wanted) {
    List<HostKey> keys = new ArrayList<>();
    for (KnownHostsEntry entry : known.entries()) {
      if (wanted.test(entry)) {
        hostKey(entry).ifPresent(keys::add);
      }
    }
    return keys.toArray(new HostKey[0]);
  }

  private Optional<HostKey> hostKey(KnownHostsEntry entry) {
    String marker =
        switch (entry.marker()) {
          case AUTHORITY -> "@cert-authority";
          case REVOKED -> "@revoked";
          case NONE -> "";
        };
    try {
      return Optional.of(new HostKey(marker, name.known(), HostKey.GUESS, entry.key(), null));
    } catch (JSchException | RuntimeException unknownType) {
      return Optional.empty();
    }
  }
}
