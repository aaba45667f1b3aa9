package dev.cutover.health;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A host whose network is one loopback port: whatever address a check names is reached there, as if
 * only the host knew the name.
 */
final class LoopbackHost implements Host {

  /** What checks asked to be connected to. */
  final List<String> dialed = new ArrayList<>();

  /** What the host was asked to do itself. */
  final List<HostQuery> queries = new ArrayList<>();

  private final boolean forwards;
  private final int port;
  private final Function<HostQuery, OpResult> answers;

  private LoopbackHost(boolean forwards, int port, Function<HostQuery, OpResult> answers) {
    this.forwards = forwards;
    this.port = port;
    this.answers = answers;
  }

  /** Forwards everything to {@code port}. */
  static LoopbackHost forwarding(int port) {
    return new LoopbackHost(
        true,
        port,
        query -> {
          throw unexpected();
        });
  }

  /** Forbids forwarding and answers queries. */
  static LoopbackHost answering(Function<HostQuery, OpResult> answers) {
    return new LoopbackHost(false, 0, answers);
  }

  static OpResult result(int status, Map<String, String> values, String message) {
    return new OpResult(status, values, message, Duration.ZERO);
  }

  @Override
  public Target target() {
    return new Target.Local(
        new Target.Root.Absolute(new RemotePath("/srv/shop")), "file:///srv/shop");
  }

  @Override
  public boolean forwards() {
    return forwards;
  }

  @Override
  public Socket connect(String address, int to, Duration timeout) throws IOException {
    dialed.add(address + ":" + to);
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  @Override
  public OpResult query(Layout layout, HostQuery query, OpListener listener) {
    queries.add(query);
    listener.output(0, "said by the command");
    listener.output(0, "");
    return answers.apply(query);
  }

  @Override
  public HostFacts facts(FactsQuery query) {
    throw unexpected();
  }

  @Override
  public LockReply lock(LockRequest request, FactsQuery query) {
    throw unexpected();
  }

  @Override
  public OpResult breakLock(Layout layout, String expected) {
    throw unexpected();
  }

  @Override
  public Lease hold(Layout layout, LockToken token) {
    throw unexpected();
  }

  @Override
  public List<OpResult> perform(
      Layout layout, LockToken token, List<HostOp> ops, OpListener listener) {
    throw unexpected();
  }

  @Override
  public boolean upload(Layout layout, ReleaseId id, Payload payload, TransferListener listener) {
    throw unexpected();
  }

  @Override
  public void close() {}

  private static AssertionError unexpected() {
    return new AssertionError("a health check never does this");
  }
}
