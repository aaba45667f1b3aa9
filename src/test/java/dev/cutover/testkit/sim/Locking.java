package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.sim.Machine.Current;
import dev.cutover.testkit.sim.Machine.Kind;
import dev.cutover.testkit.sim.Script.Failed;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.LockRequest;
import java.util.List;
import java.util.Optional;

/** {@code lock.sh} and {@code breaklock.sh}. */
final class Locking {

  private static final String SEQ = Machine.STATE + "/seq";
  private static final String MUTEX = Machine.STATE + "/mutex";
  private static final List<String> OURS =
      List.of("staging", "failed", "logs", "backups", "manifests", "runs");
  private static final int PRIVATE = 0700;

  private final Script script;
  private final SimDisk disk;
  private final Machine machine;

  Locking(Script script) {
    this.script = script;
    this.disk = script.disk();
    this.machine = script.machine();
  }

  /** Empty: somebody else has it. */
  Optional<LockToken> lock(LockRequest request) {
    Current current = machine.readCurrent();
    if (current.kind() == Kind.OTHER) {
      throw new HostRefusedException(
          machine.target().host(),
          machine.layout().current() + " is not a link; nothing was changed",
          "",
          null);
    }
    if (!disk.exists(MUTEX)) {
      prepare();
    }
    Optional<String> held = machine.lock();
    if (held.isPresent() && !isOf(held.get(), request)) {
      return Optional.empty();
    }
    LockToken token = held.flatMap(LockToken::parse).orElseGet(() -> take(request));
    script.fencedBy(Optional.of(token.text()));
    machine.beat(script.world().now());
    remember(request);
    script.reserve();
    if (held.isEmpty() || !begun(token)) {
      begin(request, token, current.kind() == Kind.LIVE ? current.to() : Optional.empty());
    }
    script.world().observer().granted(machine, token);
    return Optional.of(token);
  }

  private void prepare() {
    script.point("make the directories", Writes.LITTLE);
    disk.mkdirs("releases");
    disk.mkdirs("shared");
    disk.mkdirs(Machine.STATE, PRIVATE);
    OURS.forEach(name -> disk.mkdirs(Machine.STATE + "/" + name, PRIVATE));
    script.sync("");
    script.point("make the mutex", Writes.LITTLE);
    disk.write(MUTEX, "");
  }

  private static boolean isOf(String lock, LockRequest request) {
    return LockToken.parse(lock).filter(t -> t.runId().equals(request.runId())).isPresent();
  }

  private LockToken take(LockRequest request) {
    long seq = advance(0);
    script.point("link the lock", Writes.LITTLE);
    LockToken token =
        new LockToken(
            seq,
            request.runId(),
            LockToken.safeOwner(request.owner()),
            request.goal().word(),
            script.now());
    disk.symlink(Machine.LOCK, token.text());
    return token;
  }

  /**
   * By which other name the run that asks has the lock already, if it has: two of its targets are
   * one directory.
   */
  Optional<String> twin(LockRequest request) {
    String run = request.runId() + " ";
    return disk.text(Machine.BOOT, View.NOW)
        .filter(text -> machine.lock().filter(lock -> isOf(lock, request)).isPresent())
        .flatMap(text -> text.toString().lines().skip(1).findFirst())
        .filter(known -> known.startsWith(run))
        .map(known -> known.substring(run.length()))
        .filter(name -> !name.equals(request.target()));
  }

  private void remember(LockRequest request) {
    try {
      script.point("write which start this is", Writes.LITTLE);
    } catch (Failed e) {
      script.spare();
      script.point("write which start this is, again", Writes.LITTLE);
    }
    disk.write(Machine.BOOT, machine.boot() + request.runId() + ' ' + request.target() + '\n');
  }

  private void begin(LockRequest request, LockToken token, Optional<RemotePath> from) {
    RunStarted started =
        new RunStarted(
            request.runId(),
            request.goal(),
            request.owner(),
            from,
            request.members(),
            script.care().saysHowItDecides());
    try {
      script.record(token.seq(), List.of(started));
      script.sync(Machine.STATE);
    } catch (Failed e) {
      disk.remove(Machine.LOCK);
      throw e;
    }
  }

  private boolean begun(LockToken token) {
    return machine.journal(View.NOW).stream()
        .anyMatch(
            line ->
                line.seq() == token.seq()
                    && line.entry() instanceof RunStarted started
                    && started.runId().equals(token.runId()));
  }

  /** The highest number given, from the journal when the sequence cannot be read. */
  private long sequence() {
    return disk.text(SEQ, View.NOW)
        .map(text -> text.toString().strip())
        .filter(text -> text.matches("[0-9]+"))
        .map(Long::valueOf)
        .orElseGet(
            () -> machine.journal(View.NOW).stream().mapToLong(Journal.Line::seq).max().orElse(0));
  }

  /** The next number of the sequence, above {@code floor}. */
  long advance(long floor) {
    long seq = Math.max(floor, sequence()) + 1;
    try {
      writeSequence(seq);
    } catch (Failed e) {
      script.spare();
      writeSequence(seq);
    }
    script.point("rename seq.new", Writes.LITTLE);
    disk.rename(SEQ + ".new", SEQ);
    return seq;
  }

  private void writeSequence(long seq) {
    script.point("write seq.new", Writes.LITTLE);
    disk.write(SEQ + ".new", seq + "\n");
    script.sync(SEQ + ".new");
  }

  /** Breaks the lock, if it still is what was expected: else fails with 96. */
  void breakLock(String expected) {
    if (!machine.lock().equals(Optional.of(expected))) {
      throw new Failed(96, "the lock has changed");
    }
    advance(LockToken.parse(expected).map(LockToken::seq).orElse(0L));
    script.point("remove the lock", Writes.LITTLE);
    disk.remove(Machine.LOCK);
    // The old holder holds a file that is gone.
    machine.removeAlive(script.world().now());
    script.sync(Machine.STATE);
  }
}
