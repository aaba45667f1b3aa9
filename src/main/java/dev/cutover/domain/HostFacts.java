package dev.cutover.domain;

import dev.cutover.domain.journal.Journal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one look at a host told, in one round trip.
 *
 * @param user the login name there
 * @param clock the host's own time, to the second
 * @param tools the family of tools the scripts use there
 * @param missingTools what neither family has; not empty means that the host is refused
 * @param current what {@code current} is
 * @param releases the entries of {@code releases/} that are safe names, in no order
 * @param staged the entries of {@code staging/}
 * @param lock the text of the lock link, if there is one
 * @param holderAlive whether somebody holds {@code alive}
 * @param beat what changes whenever {@code alive} is beaten: a reading of the host's clock, which
 *     may be set, so that nothing but the change counts; empty where its tools tell none
 * @param freeBytes on the root's file system, for this user; {@link Long#MAX_VALUE} where it does
 *     not count them
 * @param freeInodes on the root's file system; {@link Long#MAX_VALUE} where it does not count them
 * @param sameFileSystem whether {@code .cutover}, {@code releases} and the root share one
 * @param missingShared shared files that are configured and do not exist in {@code shared/}
 * @param leftoverCurrent whether {@code releases/current} exists, a leftover of Capistrano
 * @param foreignLock another tool's lock file below the root, if there is one
 * @param writable whether the user may create files in the root (or make the root)
 * @param neighbours what other tools say of the releases
 * @param place which directory the root is, by whatever name it was reached
 */
public record HostFacts(
    Layout layout,
    String user,
    Instant clock,
    Tools tools,
    List<String> missingTools,
    Current current,
    List<ReleaseId> releases,
    List<ReleaseId> staged,
    Optional<String> lock,
    boolean holderAlive,
    Optional<String> beat,
    long freeBytes,
    long freeInodes,
    boolean sameFileSystem,
    boolean writable,
    List<String> missingShared,
    boolean leftoverCurrent,
    Optional<String> foreignLock,
    Journal journal,
    Neighbours neighbours,
    Place place) {

  public HostFacts {
    missingTools = List.copyOf(missingTools);
    releases = List.copyOf(releases);
    staged = List.copyOf(staged);
    missingShared = List.copyOf(missingShared);
    journal = journal.under(layout);
  }

  /** The same facts with {@code current} as it was at another time. */
  public HostFacts with(Current other) {
    return new HostFacts(
        layout,
        user,
        clock,
        tools,
        missingTools,
        other,
        releases,
        staged,
        lock,
        holderAlive,
        beat,
        freeBytes,
        freeInodes,
        sameFileSystem,
        writable,
        missingShared,
        leftoverCurrent,
        foreignLock,
        journal,
        neighbours,
        place);
  }

  /** The families of host tools the scripts know. */
  public enum Tools {
    /** flock, mv -T, sync FILE, setsid, sha256sum. */
    LINUX,
    /** perl 5 does what the tools of macOS and the BSDs cannot. */
    PERL
  }

  /**
   * What tells a directory from every other.
   *
   * @param boot this start of its machine; empty where that is not told
   * @param file the numbers of its device and its own, or those of the nearest directory that
   *     exists and the path from there; empty where they are not told, and under the lock
   * @param path where it really lies, through all links
   */
  public record Place(String boot, String file, String path) {

    /** Whether both are one directory, as far as that can be told. */
    public boolean is(Place other) {
      boolean told = !file.isEmpty() && !other.file.isEmpty();
      return !boot.isEmpty()
          && boot.equals(other.boot)
          && (told ? file.equals(other.file) : path.equals(other.path));
    }
  }

  /** What stands at {@code <root>/current}. */
  public sealed interface Current {
    /** Nothing. */
    record Absent() implements Current {}

    /**
     * A link to a directory; {@code path} is absolute, as the link says or relative to the root.
     */
    record Live(RemotePath path) implements Current {}

    /** A link to nothing. */
    record Dangling(RemotePath path) implements Current {}

    /** A file or directory; refused, because replacing it is not ours to decide. */
    record NotALink() implements Current {}

    /** Where it leads, if it leads anywhere. */
    default Optional<RemotePath> live() {
      return this instanceof Live link ? Optional.of(link.path()) : Optional.empty();
    }
  }
}
