package dev.cutover.testkit.host;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Neighbours;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.error.HostLostException;
import dev.cutover.testkit.time.ManualClock;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A host in memory that does what the scripts do, can be told to fail, and counts its round trips.
 * Connections to it come and go; its {@link Disk} stays.
 */
public final class FakeHost implements Host {

  private final Disk disk;

  public FakeHost(Disk disk) {
    this.disk = disk;
  }

  /** What a host keeps, and how it is made to misbehave. */
  public static final class Disk {
    public final Target target;
    public final Layout layout;
    public Optional<RemotePath> current = Optional.empty();
    public final List<ReleaseId> staging = new ArrayList<>();
    public final List<ReleaseId> releases = new ArrayList<>();
    public final List<ReleaseId> failed = new ArrayList<>();
    public final List<Journal.Line> journal = new ArrayList<>();
    public final List<String> revisions = new ArrayList<>();
    public final List<String> commands = new ArrayList<>();
    public final List<String> trips = new ArrayList<>();
    public Optional<String> lock = Optional.empty();
    public boolean holderAlive;
    public long seq;
    public ManualClock clock;
    public List<String> missingShared = List.of();

    /** The exit status of a command. */
    public Function<HostOp.CommandRun, Integer> exits = command -> 0;

    /** Operations that fail without effect. */
    public Predicate<HostOp> fails = op -> false;

    /** Operations before which the link breaks. */
    public Predicate<HostOp> lost = op -> false;

    /** How many batches from now on are done to their end without their reply coming back. */
    public int repliesToLose;

    public Disk(Target target, String root, ManualClock clock) {
      this.target = target;
      this.layout = new Layout(new RemotePath(root));
      this.clock = clock;
    }

    public Optional<ReleaseId> live() {
      return current.flatMap(layout::releaseAt);
    }
  }

  @Override
  public Target target() {
    return disk.target;
  }

  @Override
  public HostFacts facts(FactsQuery query) {
    disk.trips.add("facts");
    return read();
  }

  private HostFacts read() {
    return new HostFacts(
        disk.layout,
        "deployer",
        disk.clock.instant(),
        HostFacts.Tools.LINUX,
        List.of(),
        disk.current
            .<HostFacts.Current>map(HostFacts.Current.Live::new)
            .orElseGet(HostFacts.Current.Absent::new),
        disk.releases,
        disk.staging,
        disk.lock,
        disk.holderAlive,
        Optional.empty(),
        1L << 30,
        1L << 20,
        true,
        true,
        disk.missingShared,
        false,
        Optional.empty(),
        new Journal(disk.journal),
        Neighbours.NONE);
  }

  @Override
  public LockReply lock(LockRequest request, FactsQuery query) {
    disk.trips.add("lock");
    if (disk.lock.isPresent()) {
      return new LockReply.Held(read());
    }
    disk.seq++;
    LockToken token =
        new LockToken(
            disk.seq,
            request.runId(),
            request.owner(),
            request.goal().word(),
            disk.clock.instant());
    disk.lock = Optional.of(token.text());
    record(
        new JournalEntry.RunStarted(
            request.runId(), request.goal(), request.owner(), disk.current, request.members()));
    return new LockReply.Granted(token, read());
  }

  @Override
  public OpResult breakLock(Layout layout, String expected) {
    disk.trips.add("break");
    if (!disk.lock.equals(Optional.of(expected))) {
      return result(96, "");
    }
    disk.seq++;
    disk.lock = Optional.empty();
    return result(0, "");
  }

  @Override
  public Lease hold(Layout layout, LockToken token) {
    disk.holderAlive = true;
    return new Lease() {
      @Override
      public boolean held() {
        return true;
      }

      @Override
      public void close() {
        disk.holderAlive = false;
      }
    };
  }

  @Override
  public List<OpResult> perform(
      Layout layout, LockToken token, List<HostOp> ops, OpListener listener) {
    disk.trips.add("perform");
    List<OpResult> results = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      HostOp op = ops.get(i);
      if (disk.lost.test(op)) {
        throw new HostLostException(disk.target.host(), "the link broke", null);
      }
      listener.started(i);
      OpResult result = perform(token, op, i, listener);
      results.add(result);
      listener.ended(i, result);
      if (!result.ok()) {
        break;
      }
    }
    if (disk.repliesToLose > 0) {
      disk.repliesToLose--;
      throw new HostLostException(disk.target.host(), "the link broke", null);
    }
    return results;
  }

  private OpResult perform(LockToken token, HostOp op, int index, OpListener listener) {
    if (!disk.lock.equals(Optional.of(token.text()))) {
      return result(OpResult.FENCED, "");
    }
    if (disk.fails.test(op)) {
      return result(1, "told to fail");
    }
    if (op instanceof HostOp.Run run) {
      disk.commands.add(run.command().name() + " in " + run.command().directory().name());
      int exit = disk.exits.apply(run.command());
      listener.output(index, "exit " + exit);
      return result(exit, "");
    }
    change(op);
    return result(0, "");
  }

  private void change(HostOp op) {
    if (op instanceof HostOp.Append append) {
      record(append.entry());
    } else if (op instanceof HostOp.Assemble assemble) {
      state(assemble.runId(), assemble.id(), ReleaseState.STAGED);
    } else if (op instanceof HostOp.Seal seal) {
      record(seal.description());
      state(seal.runId(), seal.description().id(), ReleaseState.SEALED);
    } else if (op instanceof HostOp.Commit commit) {
      record(new JournalEntry.Committed(commit.runId(), Optional.of(commit.id())));
      state(commit.runId(), commit.id(), ReleaseState.GOOD);
    } else if (op instanceof HostOp.Publish publish) {
      disk.staging.remove(publish.id());
      disk.releases.add(publish.id());
    } else if (op instanceof HostOp.Unpublish unpublish) {
      if (disk.releases.remove(unpublish.id())) {
        disk.staging.add(unpublish.id());
      }
      state(unpublish.runId(), unpublish.id(), ReleaseState.SEALED);
    } else if (op instanceof HostOp.Switch flip) {
      record(new JournalEntry.Switching(flip.runId(), disk.current, Optional.of(flip.to())));
      disk.current = Optional.of(flip.to());
      record(new JournalEntry.Switched(flip.runId(), flip.expected(), disk.current));
      flip.live().ifPresent(id -> state(flip.runId(), id, ReleaseState.LIVE));
    } else if (op instanceof HostOp.RemoveCurrent remove) {
      disk.current = Optional.empty();
      record(
          new JournalEntry.Switched(
              remove.runId(), Optional.of(remove.expected()), Optional.empty()));
    } else if (op instanceof HostOp.Quarantine quarantine) {
      if (disk.staging.remove(quarantine.id()) || disk.releases.remove(quarantine.id())) {
        disk.failed.add(quarantine.id());
      }
      state(quarantine.runId(), quarantine.id(), quarantine.state());
    } else if (op instanceof HostOp.Prune prune) {
      disk.releases.removeAll(prune.ids());
      prune.ids().forEach(id -> state(prune.runId(), id, ReleaseState.PRUNED));
    } else if (op instanceof HostOp.LogRevision log) {
      disk.revisions.add(log.line());
    } else if (op instanceof HostOp.Unlock) {
      disk.lock = Optional.empty();
    }
  }

  private void state(String runId, ReleaseId id, ReleaseState state) {
    record(new JournalEntry.StateChanged(runId, id, state, ""));
  }

  private void record(JournalEntry entry) {
    disk.journal.add(new Journal.Line(disk.clock.instant(), disk.seq, entry));
  }

  private static OpResult result(int status, String message) {
    return new OpResult(status, Map.of(), message, Duration.ZERO);
  }

  @Override
  public OpResult query(Layout layout, HostQuery query, OpListener listener) {
    disk.trips.add("query");
    return result(0, "");
  }

  @Override
  public boolean upload(Layout layout, ReleaseId id, Payload payload, TransferListener listener) {
    disk.trips.add("upload");
    disk.staging.add(id);
    return true;
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
  public void close() {}
}
