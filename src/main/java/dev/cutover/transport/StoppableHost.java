package dev.cutover.transport;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.error.CutoverException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** A host that does nothing more once its run was told to stop, but to be looked at. */
public final class StoppableHost implements Host {

  private final Host host;
  private final Stop stop;

  private StoppableHost(Host host, Stop stop) {
    this.host = host;
    this.stop = stop;
  }

  /** A connector whose hosts obey {@code stop}. */
  public static HostConnector over(HostConnector connector, Stop stop) {
    return target -> {
      stop.check(target.host());
      return new StoppableHost(connector.connect(target), stop);
    };
  }

  private Host host() {
    stop.check(host.target().host());
    return host;
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
    return host().lock(request, query);
  }

  @Override
  public OpResult breakLock(Layout layout, String expected) {
    return host().breakLock(layout, expected);
  }

  @Override
  public Lease hold(Layout layout, LockToken token) {
    Lease lease = host().hold(layout, token);
    stop.onRequest(() -> note(layout, token));
    return lease;
  }

  /** One record, so that people find out what became of the run. */
  private void note(Layout layout, LockToken token) {
    HostOp stopped = new HostOp.Append(new JournalEntry.Stopped(token.runId(), "signal"));
    try {
      host.perform(layout, token, List.of(stopped), OpListener.SILENT);
    } catch (CutoverException e) {
      // Without the record the run is settled all the same.
    }
  }

  @Override
  public List<OpResult> perform(
      Layout layout, LockToken token, List<HostOp> ops, OpListener listener) {
    return host().perform(layout, token, ops, listener);
  }

  @Override
  public OpResult query(Layout layout, HostQuery query, OpListener listener) {
    return host().query(layout, query, listener);
  }

  @Override
  public boolean upload(Layout layout, ReleaseId id, Payload payload, TransferListener listener) {
    return host().upload(layout, id, payload, listener);
  }

  @Override
  public void expectUpload(Payload payload) {
    host().expectUpload(payload);
  }

  @Override
  public boolean forwards() {
    return host().forwards();
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    return host().connect(address, port, timeout);
  }

  @Override
  public void close() {
    host.close();
  }
}
