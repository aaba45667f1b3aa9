package dev.cutover.testkit.sim;

import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.Obstacle;
import dev.cutover.transport.OpResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One script at work on a host, for one call of a client. It goes from point to point; at each,
 * whatever can go wrong may, and an observer looks.
 */
final class Script {

  /** The script ends here and nobody hears of it. */
  static final class Cut extends Error {
    private static final long serialVersionUID = 1L;

    Cut() {
      super("cut", null, false, false);
    }
  }

  /** A tool failed. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Failed(int status, String said) {
      super(said, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }

    /** What was said about it. */
    String said() {
      return String.valueOf(getMessage());
    }
  }

  private static final String RESERVE = Machine.STATE + "/reserve";
  private static final String ZEROS = "0".repeat(256 * 1024);

  private final SimWorld world;
  private final Caller caller;
  private final Machine machine;
  private final int boots;
  private final Map<String, String> values = new HashMap<>();
  private Optional<String> token = Optional.empty();
  private boolean lost;
  private boolean silent;
  private boolean damaged;

  Script(SimWorld world, Caller caller, Machine machine) {
    this.world = world;
    this.caller = caller;
    this.machine = machine;
    this.boots = machine.boots();
  }

  SimWorld world() {
    return world;
  }

  Machine machine() {
    return machine;
  }

  SimDisk disk() {
    return machine.disk();
  }

  Caller caller() {
    return caller;
  }

  Care care() {
    return world.care();
  }

  /** The time as scripts stamp it. */
  Instant now() {
    return world.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** From here on it may change only what the token allows; empty: it holds no mutex. */
  void fencedBy(Optional<String> held) {
    token = held;
  }

  /** Whether its words do not reach the client any more. */
  boolean lost() {
    return lost;
  }

  /** Whether the client waits for them all the same. */
  boolean silent() {
    return silent;
  }

  /** Whether what was to come whole does not; asked once. */
  boolean damaged() {
    boolean once = damaged;
    damaged = false;
    return once;
  }

  /** Reports a value of the operation it is at. */
  void value(String name, String text) {
    values.put(name, text);
  }

  /** The result of the operation it is at, whose values are told with it. */
  OpResult ended(int status, String said) {
    String message = status == 0 ? "" : message(status, said);
    if (status != 0) {
      Obstacle.in(message).ifPresent(cause -> values.put("cause", cause.name()));
    }
    OpResult result = new OpResult(status, values, message, Duration.ZERO);
    values.clear();
    return result;
  }

  private String message(int status, String said) {
    return said.isEmpty() ? OpResult.unsaid(status) : said;
  }

  /** Reads, or does something that cannot fail. */
  void point(String what) {
    point(what, Writes.NOTHING);
  }

  /** Comes to {@code what}, which is done next unless this throws. */
  void point(String what, Writes writes) {
    world.observer().between(machine);
    Optional<Mishap> mishap = caller.pass(machine, what, writes);
    if (mishap.isPresent()) {
      strike(mishap.get());
    }
    if (writes.changes()) {
      token.ifPresent(mine -> world.observer().changes(machine, mine, what));
    }
    if (writes.needsRoom()) {
      boolean room = !machine.isFull() || (writes == Writes.LITTLE && !disk().exists(RESERVE));
      if (!room) {
        throw new Failed(1, what + ": No space left on device");
      }
    }
  }

  /** Comes to an operation; how that fails as a whole, if it does. */
  Optional<Failed> begin(HostOp op) {
    world.observer().between(machine);
    try {
      caller.begin(machine, op).ifPresent(this::strike);
      return Optional.empty();
    } catch (Failed e) {
      return Optional.of(e);
    }
  }

  private void strike(Mishap mishap) {
    if (mishap == Mishap.ERROR) {
      throw new Failed(1, "Input/output error");
    }
    if (mishap == Mishap.NO_SPACE) {
      machine.full(true);
      return;
    }
    if (mishap == Mishap.DAMAGE) {
      damaged = true;
      return;
    }
    lost = true;
    silent = mishap == Mishap.HANG;
    if (mishap == Mishap.AWAY) {
      machine.away(world.now().plus(Duration.ofMinutes(2)));
    }
    if (mishap.power()) {
      power(mishap);
    }
    if (mishap.power() || mishap == Mishap.REBOOT) {
      world.reboot(machine);
    }
    if (mishap.endsClient()) {
      caller.die(mishap == Mishap.SILENT_DEATH);
    }
    if (mishap.endsScript()) {
      throw new Cut();
    }
  }

  private void power(Mishap mishap) {
    if (mishap == Mishap.POWER_SOME) {
      disk().loseSome(caller.chance(machine));
    } else {
      disk().lose();
    }
  }

  /** Time passes; others may be at work. */
  void sleep(Duration pause) {
    caller.sleep(pause);
    if (boots != machine.boots()) {
      lost = true;
      throw new Cut();
    }
  }

  /** Appends records and syncs them. */
  void record(long seq, List<JournalEntry> entries) {
    try {
      point("append " + words(entries), Writes.LITTLE);
    } catch (Failed e) {
      disk().remove(RESERVE);
      point("append again", Writes.LITTLE);
    }
    List<Journal.Line> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(new Journal.Line(now(), seq, entry)));
    disk().write(Machine.JOURNAL, machine.records(View.NOW).with(lines));
    entries.forEach(entry -> world.observer().recorded(machine, entry));
    sync(!care().syncsRecords(), Machine.JOURNAL);
  }

  private static String words(List<JournalEntry> entries) {
    return String.join(
        ", ", entries.stream().map(entry -> entry.getClass().getSimpleName()).toList());
  }

  /** Syncs files or directories. */
  void sync(String... paths) {
    sync(false, paths);
  }

  /** Syncs files or directories, unless that is left out. */
  void sync(boolean omitted, String... paths) {
    for (String path : paths) {
      point("sync " + path, Writes.SYNC);
      if (!omitted) {
        disk().sync(path);
      }
    }
  }

  /** Gives up the reserve when the disk is full; whether it helped. */
  boolean spare() {
    boolean spared = machine.isFull() && disk().exists(RESERVE);
    if (spared) {
      disk().remove(RESERVE);
    }
    return spared;
  }

  /** Keeps room for bad times. */
  void reserve() {
    if (!machine.isFull()) {
      disk().write(RESERVE, ZEROS);
    }
  }
}
