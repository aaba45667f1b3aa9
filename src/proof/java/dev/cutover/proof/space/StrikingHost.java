package dev.cutover.proof.space;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Target;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.TransferListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host on which something happens just before one of the operations, counted from 0. */
final class StrikingHost implements Host {

  /** What happens. */
  @FunctionalInterface
  interface Strike {
    void now(StrikingHost host) throws IOException;
  }

  private final Host host;
  private final int point;
  private final Strike strike;
  private final List<String> passed = new ArrayList<>();
  private Optional<Lease> lease = Optional.empty();

  StrikingHost(Host host, int point, Strike strike) {
    this.host = host;
    this.point = point;
    this.strike = strike;
  }

  /** The names of the operations that were asked for. */
  List<String> passed() {
    return passed;
  }

  /** Ends the holder of the lock, which has a file open. */
  void letGo() {
    lease.ifPresent(Lease::close);
  }

  private void pass(String operation) {
    if (passed.size() == point) {
      try {
        strike.now(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    passed.add(operation);
  }

  @Override
  public Target target() {
    return host.target();
  }

  @Override
  public HostFacts facts(FactsQuery query) {
    return host.facts(query);
  }

  @Override
  public LockReply lock(LockRequest request, FactsQuery query) {
    pass("lock");
    return host.lock(request, query);
  }

  @Override
  public OpResult breakLock(Layout layout, String expected) {
    return host.breakLock(layout, expected);
  }

  @Override
  public Lease hold(Layout layout, LockToken token) {
    lease = Optional.of(host.hold(layout, token));
    return lease.get();
  }

  @Override
  public List<OpResult> perform(
      Layout layout, LockToken token, List<HostOp> ops, OpListener listener) {
    List<OpResult> results = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      pass(ops.get(i).getClass().getSimpleName());
      results.addAll(host.perform(layout, token, List.of(ops.get(i)), new At(i, listener)));
      if (results.size() <= i || !results.get(i).ok()) {
        break;
      }
    }
    return results;
  }

  @Override
  public OpResult query(Layout layout, HostQuery query, OpListener listener) {
    return host.query(layout, query, listener);
  }

  @Override
  public boolean upload(Layout layout, ReleaseId id, Payload payload, TransferListener listener) {
    pass("upload");
    return host.upload(layout, id, payload, listener);
  }

  @Override
  public boolean forwards() {
    return host.forwards();
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    return host.connect(address, port, timeout);
  }

  @Override
  public void close() {
    host.close();
  }

  /** Tells of an operation that was sent alone as one of many. */
  private record At(int index, OpListener listener) implements OpListener {
    @Override
    public void started(int ignored) {
      listener.started(index);
    }

    @Override
    public void output(int ignored, String line) {
      listener.output(index, line);
    }

    @Override
    public void ended(int ignored, OpResult result) {
      listener.ended(index, result);
    }
  }
}
