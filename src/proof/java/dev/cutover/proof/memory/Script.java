package dev.cutover.proof.memory;

import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.proof.memory.SimDisk.View;
import dev.cutover.transport.OpResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One script at work on a host, for one call of a client. It goes from point to point; at each,
 * whatever can go wrong may, and every promise is checked.
 */
final class Script {

  /** What comes next of a script, as far as a full disk minds. */
  enum Writes {
    NOTHING,
    /** Nothing new, but it can fail. */
    SYNC,
    /** Fits into what the reserve leaves. */
    LITTLE,
    MUCH
  }

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
  }

  /** How the points of an upload begin, but for the manifest's. */
  static final String UPLOADS = "upload file ";

  private static final String RESERVE = Machine.STATE + "/reserve";

  private final SimClient client;
  private final Machine machine;
  private final int boots;
  private Optional<String> token = Optional.empty();
  private boolean lost;
  private boolean silent;
  private boolean damaged;

  Script(SimClient client, Machine machine) {
    this.client = client;
    this.machine = machine;
    this.boots = machine.boots;
  }

  World world() {
    return client.world();
  }

  Machine machine() {
    return machine;
  }

  SimDisk disk() {
    return machine.disk;
  }

  SimClient client() {
    return client;
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

  boolean has(SimBug bug) {
    return world().bugs.contains(bug);
  }

  /** Reads, or does something that cannot fail. */
  void point(String what) {
    point(what, Writes.NOTHING);
  }

  /** Comes to {@code what}, which is done next unless this throws. */
  void point(String what, Writes writes) {
    SimPromises.at(machine);
    Optional<SimFault.Kind> kind = client.pass(machine, what, writes);
    if (kind.isPresent()) {
      strike(kind.get());
    }
    if (writes == Writes.LITTLE || writes == Writes.MUCH) {
      token.ifPresent(mine -> SimPromises.mayChange(machine, mine, what));
      boolean room = !machine.full || (writes == Writes.LITTLE && !disk().exists(RESERVE));
      if (!room) {
        throw new Failed(1, what + ": No space left on device");
      }
    }
  }

  private void strike(SimFault.Kind kind) {
    if (kind == SimFault.Kind.ERROR) {
      throw new Failed(1, "Input/output error");
    }
    if (kind == SimFault.Kind.NO_SPACE) {
      machine.full = true;
      return;
    }
    if (kind == SimFault.Kind.DAMAGE) {
      damaged = true;
      return;
    }
    lost = true;
    silent = kind == SimFault.Kind.HANG;
    if (kind == SimFault.Kind.AWAY) {
      machine.awayUntil = world().now().plus(Duration.ofMinutes(2));
    }
    if (kind.power()) {
      power(kind);
    }
    if (kind.power() || kind == SimFault.Kind.REBOOT) {
      world().reboot(machine);
    }
    if (kind.endsClient()) {
      client.die(kind == SimFault.Kind.SILENT_DEATH);
    }
    if (kind.endsScript()) {
      throw new Cut();
    }
  }

  private void power(SimFault.Kind kind) {
    if (kind == SimFault.Kind.POWER_SOME) {
      disk().loseSome(new Random(client.points().size() * 31L + machine.index));
    } else {
      disk().lose();
    }
  }

  /** Time passes; others may be at work. */
  void sleep(Duration pause) {
    client.turn().sleep(client, pause);
    if (boots != machine.boots) {
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
    List<Object> lines = new ArrayList<>(machine.records(View.NOW));
    entries.forEach(entry -> lines.add(new Journal.Line(world().now(), seq, entry)));
    disk().write(Machine.JOURNAL, List.copyOf(lines));
    entries.forEach(entry -> SimPromises.recorded(machine, entry));
    sync(has(SimBug.NO_RECORD_SYNC), Machine.JOURNAL);
  }

  private static String words(List<JournalEntry> entries) {
    return String.join(
        ", ", entries.stream().map(entry -> entry.getClass().getSimpleName()).toList());
  }

  /** Syncs files or directories. */
  void sync(String... paths) {
    sync(false, paths);
  }

  /** Syncs files or directories, unless a bug leaves it out. */
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
    boolean spared = machine.full && disk().exists(RESERVE);
    if (spared) {
      disk().remove(RESERVE);
    }
    return spared;
  }

  /** Keeps room for bad times. */
  void reserve() {
    if (!machine.full) {
      disk().write(RESERVE, "reserve");
    }
  }

  static OpResult result(int status, String message) {
    return new OpResult(status, java.util.Map.of(), message, Duration.ZERO);
  }
}
