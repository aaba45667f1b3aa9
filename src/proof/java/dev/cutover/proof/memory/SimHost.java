package dev.cutover.proof.memory;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Manifest;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Target;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.error.HostRefusedException;
import dev.cutover.proof.memory.Script.Writes;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.TransferListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One connection of a client to a machine: each call is a script there. */
final class SimHost implements Host {

  /** As long as the real one waits for a word. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final SimClient client;
  private final Machine machine;
  private final int boots;
  private boolean broken;

  private SimHost(SimClient client, Machine machine) {
    this.client = client;
    this.machine = machine;
    this.boots = machine.boots;
  }

  /** Connects. */
  static Host open(SimClient client, Target target) {
    SimHost host = new SimHost(client, client.world().machine(target));
    host.call("connect", script -> "");
    return host;
  }

  /** Sends a script and waits for its words. */
  private <T> T call(String what, Function<Script, T> work) {
    client.turn().pass(client);
    if (client.dead()) {
      throw new ClientDied();
    }
    if (broken || boots != machine.boots || machine.awayUntil.isAfter(client.world().now())) {
      throw lost();
    }
    Script script = new Script(client, machine);
    try {
      script.point(what);
      T reply = work.apply(script);
      script.fencedBy(Optional.empty());
      script.point("the reply to " + what);
      if (!script.lost()) {
        return reply;
      }
    } catch (Script.Cut cut) {
      // Nobody hears of it.
    } catch (CutoverException e) {
      if (!script.lost()) {
        throw e;
      }
    }
    SimPromises.at(machine);
    broken = true;
    if (client.dead()) {
      throw new ClientDied();
    }
    if (script.silent()) {
      client.turn().sleep(client, SILENCE);
    } else {
      machine.holders.removeIf(holder -> holder.connection() == this);
    }
    throw lost();
  }

  private HostLostException lost() {
    return new HostLostException(machine.target.host(), "the link broke", null);
  }

  @Override
  public Target target() {
    return machine.target;
  }

  @Override
  public HostFacts facts(FactsQuery query) {
    return call("facts", script -> Facts.of(machine, client.world(), query));
  }

  @Override
  public LockReply lock(LockRequest request, FactsQuery query) {
    return call(
        "lock",
        script -> {
          try {
            Optional<LockToken> token = new Locking(script).lock(request);
            HostFacts facts = Facts.of(machine, client.world(), query);
            return token
                .<LockReply>map(granted -> new LockReply.Granted(granted, facts))
                .orElseGet(() -> new LockReply.Held(facts));
          } catch (Script.Failed e) {
            throw new HostRefusedException(
                machine.target.host(), "cannot be written: " + e.getMessage(), "", null);
          }
        });
  }

  @Override
  public OpResult breakLock(Layout layout, String expected) {
    return call(
        "breaklock",
        script -> {
          try {
            return Script.result(new Locking(script).breakLock(expected), "");
          } catch (Script.Failed e) {
            return Script.result(e.status(), String.valueOf(e.getMessage()));
          }
        });
  }

  @Override
  public Lease hold(Layout layout, LockToken token) {
    if (!broken && !client.dead()) {
      machine.holders.add(new Machine.Holder(client, this));
    }
    return new Lease() {
      @Override
      public boolean held() {
        return machine.holders.stream().anyMatch(holder -> holder.connection() == SimHost.this);
      }

      @Override
      public void close() {
        letGo();
      }
    };
  }

  private void letGo() {
    if (!client.dead()) {
      machine.holders.removeIf(holder -> holder.connection() == this);
    }
  }

  @Override
  public List<OpResult> perform(
      Layout layout, LockToken token, List<HostOp> ops, OpListener listener) {
    return call("perform", script -> new Operations(script, token).perform(ops, listener));
  }

  @Override
  public OpResult query(Layout layout, HostQuery query, OpListener listener) {
    return call(
        "query " + query.getClass().getSimpleName(),
        script ->
            Script.result(
                query instanceof HostQuery.RunCheck && !client.world().healthy(machine) ? 1 : 0,
                ""));
  }

  @Override
  public boolean upload(Layout layout, ReleaseId id, Payload payload, TransferListener listener) {
    return call(
        "upload",
        script -> {
          try {
            upload(script, id, payload);
            return false;
          } catch (Script.Failed e) {
            throw new CutoverException("the upload failed: " + e.getMessage(), "");
          }
        });
  }

  private void upload(Script script, ReleaseId id, Payload payload) {
    String tree = Machine.STATE + "/staging/" + id;
    for (Manifest.Entry entry : payload.manifest().entries()) {
      script.point(Script.UPLOADS + entry.path(), Writes.MUCH);
      script.disk().mkdirs(SimDisk.parent(tree + "/" + entry.path()));
      String text = script.damaged() ? "half" : text(payload, entry);
      script.disk().write(tree + "/" + entry.path(), text);
    }
    script.point("upload the manifest", Writes.MUCH);
    script.disk().write(tree + ".manifest", List.copyOf(payload.manifest().entries()));
  }

  private static String text(Payload payload, Manifest.Entry entry) {
    try (InputStream content = payload.open(entry.path())) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean forwards() {
    return true;
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    throw new IOException("connection refused");
  }

  @Override
  public void close() {
    broken = true;
    letGo();
  }
}
