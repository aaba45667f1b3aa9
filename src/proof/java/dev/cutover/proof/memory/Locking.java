package dev.cutover.proof.memory;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.proof.memory.Script.Failed;
import dev.cutover.proof.memory.Script.Writes;
import dev.cutover.proof.memory.SimDisk.View;
import dev.cutover.transport.LockRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** {@code lock.sh} and {@code breaklock.sh}. */
final class Locking {

  private static final String SEQ = Machine.STATE + "/seq";
  private static final List<String> OURS =
      List.of("staging", "failed", "logs", "backups", "manifests", "runs");

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
    if (!disk.exists(Machine.STATE + "/mutex")) {
      prepare();
    }
    Optional<String> held = machine.lock();
    if (held.isPresent() && !isOf(held.get(), request)) {
      return Optional.empty();
    }
    LockToken token = held.flatMap(LockToken::parse).orElseGet(() -> take(request));
    script.fencedBy(Optional.of(token.text()));
    machine.beat = script.world().now();
    remember();
    script.reserve();
    if (held.isEmpty() || !begun(token)) {
      begin(request, token);
    }
    SimPromises.granted(machine, token);
    return Optional.of(token);
  }

  private void prepare() {
    script.point("make the directories", Writes.LITTLE);
    disk.mkdirs("releases");
    disk.mkdirs("shared");
    OURS.forEach(name -> disk.mkdirs(Machine.STATE + "/" + name));
    script.sync("");
    script.point("make the mutex", Writes.LITTLE);
    disk.write(Machine.STATE + "/mutex", "");
  }

  private static boolean isOf(String lock, LockRequest request) {
    return LockToken.parse(lock).filter(t -> t.runId().equals(request.runId())).isPresent();
  }

  private LockToken take(LockRequest request) {
    long seq = advance(0);
    script.point("link the lock", Writes.LITTLE);
    Instant now = script.world().now().truncatedTo(ChronoUnit.SECONDS);
    LockToken token =
        new LockToken(seq, request.runId(), request.owner(), request.goal().word(), now);
    disk.symlink(Machine.LOCK, token.text());
    return token;
  }

  private void remember() {
    try {
      script.point("write which start this is", Writes.LITTLE);
    } catch (Failed e) {
      script.spare();
      script.point("write which start this is, again", Writes.LITTLE);
    }
    disk.write(Machine.BOOT, machine.boots);
  }

  private void begin(LockRequest request, LockToken token) {
    Optional<RemotePath> from = machine.live().map(id -> new RemotePath(path(id)));
    RunStarted started =
        new RunStarted(request.runId(), request.goal(), request.owner(), from, request.members());
    try {
      script.record(token.seq(), List.of(started));
      script.sync(Machine.STATE);
    } catch (Failed e) {
      disk.remove(Machine.LOCK);
      throw e;
    }
  }

  private static String path(String id) {
    return Machine.LAYOUT.releases().child(id).value();
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
        .filter(Long.class::isInstance)
        .map(Long.class::cast)
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
    disk.write(SEQ + ".new", seq);
    script.sync(SEQ + ".new");
  }

  /** The status: 0 broken, 96 not any more what was expected. */
  int breakLock(String expected) {
    if (!machine.lock().equals(Optional.of(expected))) {
      return 96;
    }
    advance(LockToken.parse(expected).map(LockToken::seq).orElse(0L));
    script.point("remove the lock", Writes.LITTLE);
    disk.remove(Machine.LOCK);
    // The old holder holds a file that is gone.
    machine.holders.clear();
    script.sync(Machine.STATE);
    return 0;
  }
}
