package dev.cutover.testkit.sim;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalCompactor;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.TransferListener;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One connection of a client to a machine: each call is a script there. */
public final class SimHost implements Host {

  /** As long as the real one waits for a word. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** How often a holder looks whether the lock is still its own. */
  private static final Duration BEAT = Duration.ofSeconds(10);

  /** Beyond this the journal is rewritten as a checkpoint. */
  private static final int LONGEST_JOURNAL = 1 << 20;

  private final SimWorld world;
  private final Caller caller;
  private final Machine machine;
  private final int boots;
  private boolean broken;

  private SimHost(SimWorld world, Caller caller, Machine machine) {
    this.world = world;
    this.caller = caller;
    this.machine = machine;
    this.boots = machine.boots();
  }

  /** Connects. */
  public static Host open(SimWorld world, Caller caller, Target target) {
    SimHost host = new SimHost(world, caller, world.machine(target));
    host.call("connect", script -> "");
    return host;
  }

  private <T> T call(String what, Function<Script, T> work) {
    return caller.alone(() -> callAlone(what, work));
  }

  /** Sends a script and waits for its words. */
  private <T> T callAlone(String what, Function<Script, T> work) {
    caller.asks(machine, what);
    if (caller.dead()) {
      throw new CallerDied();
    }
    if (broken || boots != machine.boots() || machine.awayUntil().isAfter(world.now())) {
      throw lost();
    }
    Script script = new Script(world, caller, machine);
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
    world.observer().between(machine);
    broken = true;
    if (caller.dead()) {
      throw new CallerDied();
    }
    if (script.silent()) {
      caller.sleep(SILENCE);
    } else {
      machine.holders.removeIf(holder -> holder.connection() == this);
    }
    throw lost();
  }

  private HostLostException lost() {
    return new HostLostException(machine.target().host(), "the link broke", null);
  }

  @Override
  public Target target() {
    return machine.target();
  }

  @Override
  public HostFacts facts(FactsQuery query) {
    return call("facts", script -> Facts.of(machine, world.now(), query));
  }

  @Override
  public LockReply lock(LockRequest request, FactsQuery query) {
    LockReply reply = call("lock", script -> lock(script, request, query));
    if (reply instanceof LockReply.Granted granted
        && machine.records(View.NOW).isLonger(LONGEST_JOURNAL)) {
      checkpoint(granted.token(), granted.facts().journal());
    }
    return reply;
  }

  private LockReply lock(Script script, LockRequest request, FactsQuery query) {
    try {
      Locking locking = new Locking(script);
      Optional<String> twin = locking.twin(request);
      if (twin.isPresent()) {
        return new LockReply.Twin(twin.get(), Facts.of(machine, world.now(), query));
      }
      Optional<LockToken> token = locking.lock(request);
      HostFacts facts = Facts.of(machine, world.now(), query);
      return token
          .<LockReply>map(granted -> new LockReply.Granted(granted, facts))
          .orElseGet(() -> new LockReply.Held(facts));
    } catch (Script.Failed e) {
      throw new HostRefusedException(
          machine.target().host(), "cannot be written: " + e.said(), "", null);
    }
  }

  /** {@code checkpoint.sh}. It may fail: the journal that stands is then as good. */
  private OpResult checkpoint(LockToken token, Journal journal) {
    return call(
        "checkpoint",
        script -> {
          script.fencedBy(Optional.of(token.text()));
          String file = Machine.JOURNAL + ".new";
          try {
            script.point("write the shorter journal", Writes.LITTLE);
            script.disk().write(file, Records.of(JournalCompactor.compact(journal)));
            script.sync(file);
            script.point("rename it to journal", Writes.LITTLE);
            script.disk().rename(file, Machine.JOURNAL);
            script.sync(Machine.STATE);
            return script.ended(0, "");
          } catch (Script.Failed e) {
            script.disk().remove(file);
            return script.ended(e.status(), e.said());
          }
        });
  }

  @Override
  public OpResult breakLock(Layout layout, String expected) {
    return call(
        "breaklock",
        script -> {
          try {
            new Locking(script).breakLock(expected);
            return script.ended(0, "");
          } catch (Script.Failed e) {
            return script.ended(e.status(), e.said());
          }
        });
  }

  @Override
  public Lease hold(Layout layout, LockToken token) {
    // Whoever has lost the lock must not stand in for its new owner.
    boolean may = !broken && !caller.dead() && boots == machine.boots();
    Optional<Machine.Holder> holder =
        Optional.of(token.text())
            .filter(text -> may && machine.lock().equals(Optional.of(text)))
            .map(text -> new Machine.Holder(caller, this, machine.beat(world.now())));
    holder.ifPresent(machine.holders::add);
    return new Lease() {
      @Override
      public boolean held() {
        Instant lastBeat = world.now().minus(BEAT);
        return holder.filter(mine -> machine.stands(mine, lastBeat)).isPresent();
      }

      @Override
      public void close() {
        if (!caller.dead()) {
          holder.ifPresent(machine.holders::remove);
        }
      }
    };
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
        script -> new SimQuestions(script).answer(query, listener));
  }

  @Override
  public boolean upload(Layout layout, ReleaseId id, Payload payload, TransferListener listener) {
    return call(
        "upload",
        script -> {
          try {
            return SimUploads.send(script, id, payload);
          } catch (Script.Failed e) {
            throw new CutoverException("the upload failed: " + e.said(), "");
          }
        });
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
    if (!caller.dead()) {
      machine.holders.removeIf(holder -> holder.connection() == this);
    }
  }
}
