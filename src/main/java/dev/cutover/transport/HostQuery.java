package dev.cutover.transport;

import dev.cutover.domain.ReleaseId;
import java.net.URI;

/** A question to a host that changes nothing and needs no lock. */
public sealed interface HostQuery {

  /**
   * Compares a release with its manifest: files by their sums, and modes, links and directories.
   * Values of the reply: {@code changed}, {@code missing}, {@code added}, each a newline-separated
   * list of paths. The reply's status is {@link #NO_MANIFEST} when there is none.
   */
  record Drift(ReleaseId id) implements HostQuery {
    public static final int NO_MANIFEST = 66;
  }

  /** Runs a health command. Its output is streamed; the reply's status is its exit status. */
  record RunCheck(HostOp.CommandRun command) implements HostQuery {}

  /**
   * GETs a url on the host with curl or wget, for hosts that forbid forwarding. Values: {@code
   * status}, {@code body} (its first 64 KiB). The reply's status is 0 when the server answered
   * anything at all, and {@link OpResult#NO_TOOL} when the host has neither tool.
   */
  record Fetch(URI url, long timeoutSeconds) implements HostQuery {}

  /**
   * Tries a TCP connection from the host itself. The reply's status is 0 when it opened, and {@link
   * OpResult#NO_TOOL} when the host has nothing to try it with.
   */
  record Connect(String host, int port, long timeoutSeconds) implements HostQuery {}

  /**
   * Preflight: makes and removes one probe directory, tries the rename, the sync and the lock
   * there. Values: {@code problem.<n>} and {@code note.<n>}, sentences for people; {@code sudo} is
   * {@code yes}, {@code no} or {@code absent}.
   *
   * @param sudo whether a command uses {@code sudo -n}
   */
  record Probe(boolean sudo) implements HostQuery {}
}
