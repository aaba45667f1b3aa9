package dev.cutover.transport;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Target;
import dev.cutover.error.HostLostException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One connected host. Every method is one round trip unless it says otherwise, has a deadline, and
 * throws {@link HostLostException} when the link breaks or falls silent: the work may then have
 * been done or not.
 */
public interface Host extends AutoCloseable {

  Target target();

  /** Reads a host without a lock. */
  HostFacts facts(FactsQuery query);

  /** Asks for the lock once, without waiting, and reads the facts under it. */
  LockReply lock(LockRequest request, FactsQuery query);

  /**
   * Breaks a lock, which must still have the text {@code expected}, and advances the sequence so
   * that its owner is fenced.
   *
   * @return status 0: broken; 96: the lock is no longer {@code expected}
   */
  OpResult breakLock(Layout layout, String expected);

  /**
   * Keeps {@code alive} held and beaten for a granted lock, on a channel of its own, until closed.
   * Returns as soon as the channel is asked for; it does not wait for the host.
   */
  Lease hold(Layout layout, LockToken token);

  /**
   * Performs operations in their order, all in one round trip, and stops after the first that
   * fails.
   *
   * @return a result for each operation that was tried: shorter than {@code ops} when one failed
   */
  List<OpResult> perform(Layout layout, LockToken token, List<HostOp> ops, OpListener listener);

  /** Asks a question that changes nothing. */
  OpResult query(Layout layout, HostQuery query, OpListener listener);

  /**
   * Writes the files, and last the manifest, to a place below {@code staging/} where {@link
   * HostOp.Assemble} finds them. Up to 16 files through VFS, more as one tar stream.
   *
   * @return whether modes were carried; otherwise {@link HostOp.Assemble} sets them
   */
  boolean upload(Layout layout, ReleaseId id, Payload payload, TransferListener listener);

  /** Tells that {@link #upload} will follow, so that it need not wait for its channel then. */
  default void expectUpload(Payload payload) {}

  /** Whether {@link #connect} can reach addresses as this host sees them. Cached. */
  boolean forwards();

  /** A connection to an address as the host sees it ({@code localhost} is the host). */
  Socket connect(String address, int port, Duration timeout) throws IOException;

  /** Ends the connection; commands that run detached go on. */
  @Override
  void close();

  /** The beating holder of {@code alive}. */
  interface Lease extends AutoCloseable {
    /** Whether the holder still stands, as far as this side can tell. */
    boolean held();

    /** Why the holder could not begin to stand, if it could not; waits until that is known. */
    default Optional<String> refused() {
      return Optional.empty();
    }

    @Override
    void close();
  }
}
