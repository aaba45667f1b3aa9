package dev.cutover.proof.memory;

import dev.cutover.domain.Goal;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.Based;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.MigrationIntent;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.domain.journal.JournalEntry.RunStarted;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import dev.cutover.domain.journal.JournalEntry.Switched;
import dev.cutover.testkit.sim.Job;
import dev.cutover.testkit.sim.Machine;
import dev.cutover.testkit.sim.Observer;
import dev.cutover.testkit.sim.SimDisk.View;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold at every moment, whatever happens. */
final class SimPromises implements Observer {

  private final World world;

  SimPromises(World world) {
    this.world = world;
  }

  private static void require(boolean holds, String promise) {
    if (!holds) {
      throw new Violation(promise);
    }
  }

  @Override
  public void between(Machine machine) {
    Known known = world.of(machine);
    if (known.checked == machine.disk().changes()) {
      return;
    }
    known.checked = machine.disk().changes();
    for (View view : View.values()) {
      Optional<String> live = machine.current(view);
      if (live.isEmpty() && known.serves) {
        throw new Violation(machine.target().host() + ": current is absent (" + view + ")");
      }
      if (live.isPresent() && !known.isWhole(machine, live.get(), view)) {
        throw new Violation(
            "%s: current leads to %s, which is not whole (%s)"
                .formatted(machine.target().host(), live.get(), view));
      }
    }
  }

  @Override
  public void changes(Machine machine, String token, String what) {
    if (!machine.lock().equals(Optional.of(token))) {
      throw new Violation(
          "%s: '%s' under %s while the lock is %s"
              .formatted(machine.target().host(), what, token, machine.lock()));
    }
  }

  @Override
  public void granted(Machine machine, LockToken token) {
    Known known = world.of(machine);
    boolean again = known.lastToken.equals(token.text());
    boolean higher =
        LockToken.parse(known.lastToken).map(last -> token.seq() > last.seq()).orElse(true);
    require(again || higher, token.text() + " is given after " + known.lastToken);
    known.lastToken = token.text();
  }

  @Override
  public void recorded(Machine machine, JournalEntry entry) {
    if (world.moved) {
      // Between an act and its record anybody may have done something.
      return;
    }
    Optional<String> kept = machine.current(View.KEPT);
    if (entry instanceof Switched switched) {
      Optional<String> to = switched.to().map(RemotePath::name);
      require(kept.equals(to), "recorded a switch to " + to + ", and on disk is " + kept);
    } else if (entry instanceof Committed committed) {
      committed(machine, committed);
    } else if (entry instanceof StateChanged changed) {
      changed(machine, changed);
    }
  }

  /** What was live when a run began, or once it had settled what another one left. */
  private static Optional<RemotePath> from(Machine machine, RunStarted start) {
    return machine.journal(View.NOW).stream()
        .map(Journal.Line::entry)
        .filter(Based.class::isInstance)
        .map(Based.class::cast)
        .filter(based -> based.runId().equals(start.runId()))
        .reduce((older, newer) -> newer)
        .map(Based::from)
        .orElse(start.from());
  }

  private void committed(Machine machine, Committed committed) {
    String id = committed.id().orElseThrow().value();
    Optional<String> kept = machine.current(View.KEPT);
    require(kept.equals(Optional.of(id)), "decided for " + id + ", and on disk is " + kept);
    require(
        world.of(machine).app.equals(id),
        "decided for " + id + ", and the app runs " + world.of(machine).app);
    start(machine, committed.runId())
        .filter(start -> !start.goal().equals(dev.cutover.domain.Goal.ROLLBACK))
        .flatMap(start -> from(machine, start))
        .ifPresent(from -> world.of(machine).from.put(id, from.name()));
  }

  private void changed(Machine machine, StateChanged changed) {
    String id = changed.id().value();
    boolean there = machine.disk().dir("releases/" + id, View.KEPT).isPresent();
    if (changed.state() == ReleaseState.SEALED) {
      require(
          Contents.isKnown(world.of(machine).content(id)),
          "sealed " + id + " with files that are damaged");
    } else if (changed.state() == ReleaseState.PRUNED
        || changed.state() == ReleaseState.FAILED
        || changed.state() == ReleaseState.REVERTED) {
      require(!there, "recorded " + id + " " + changed.state() + " and it is in releases/");
    }
  }

  private static Optional<RunStarted> start(Machine machine, String runId) {
    return machine.journal(View.NOW).stream()
        .map(Journal.Line::entry)
        .filter(RunStarted.class::isInstance)
        .map(RunStarted.class::cast)
        .filter(start -> start.runId().equals(runId))
        .findFirst();
  }

  private static Optional<ReleaseState> state(Machine machine, String id) {
    return machine.journal(View.NOW).stream()
        .map(Journal.Line::entry)
        .filter(StateChanged.class::isInstance)
        .map(StateChanged.class::cast)
        .filter(changed -> changed.id().value().equals(id))
        .map(StateChanged::state)
        .reduce((older, newer) -> newer);
  }

  @Override
  public void sealed(Machine machine, String id) {
    Map<String, String> tree = machine.tree(".cutover/staging/" + id, View.NOW);
    world.of(machine).whole.put(id, Map.copyOf(tree));
  }

  @Override
  public void booted(Machine machine) {
    // The app comes back with the machine.
    world.runs(machine, machine.live().orElse(""));
  }

  @Override
  public void flips(Machine machine, LockToken token, RemotePath to) {
    String id = to.name();
    String host = machine.target().host();
    require(
        world.of(machine).isWhole(machine, id, View.KEPT),
        host + ": flips to " + id + ", which is not durable");
    Optional<ReleaseState> state = state(machine, id);
    boolean unfit =
        state
            .filter(
                is ->
                    is == ReleaseState.FAILED
                        || is == ReleaseState.REVERTED
                        || is == ReleaseState.WITHDRAWN
                        || is == ReleaseState.PRUNED)
            .isPresent();
    require(!unfit || froms(machine).contains(id), host + ": flips to " + id + ", " + state);
    if (state.equals(Optional.of(ReleaseState.SEALED))) {
      for (Machine each : world.machines()) {
        require(
            world.absent.contains(each.index()) || world.of(each).isWhole(each, id, View.KEPT),
            host + " flips to " + id + " before it is sealed on " + each.target().host());
      }
      for (String migration : world.migrations) {
        require(
            world.database.has(migration, id),
            host + " flips to " + id + " before " + migration + " is migrated");
      }
    }
  }

  /** What runs that have not ended started from. */
  private static Set<String> froms(Machine machine) {
    Set<String> ended = new HashSet<>();
    Set<String> froms = new HashSet<>();
    List<Journal.Line> lines = machine.journal(View.NOW);
    for (int i = lines.size() - 1; i >= 0; i--) {
      JournalEntry entry = lines.get(i).entry();
      if (entry instanceof RunEnded end) {
        ended.add(end.runId());
      } else if (entry instanceof RunStarted start && !ended.contains(start.runId())) {
        start.from().map(RemotePath::name).ifPresent(froms::add);
      }
    }
    return froms;
  }

  @Override
  public void prunes(Machine machine, String id) {
    Optional<String> live = machine.current(View.NOW);
    require(!live.equals(Optional.of(id)), "prunes " + id + ", which is live");
    require(
        !live.map(world.of(machine).from::get).equals(Optional.of(id)),
        "prunes " + id + ", which was live before " + live);
    require(!world.of(machine).app.equals(id), "prunes " + id + ", from which the app runs");
    ReleaseState state = state(machine, id).orElse(ReleaseState.ADOPTED);
    require(
        state != ReleaseState.STAGED && state != ReleaseState.LIVE,
        "prunes " + id + ", which is " + state);
    // What waits may also be removed by its name.
    boolean named =
        machine.lock().flatMap(LockToken::parse).filter(SimPromises::discards).isPresent();
    boolean newest =
        Stream.of(ReleaseState.GOOD, ReleaseState.SEALED)
            .anyMatch(kept -> isAmongTheNewest(machine, id, kept));
    require(!newest || named, "prunes " + id + ", one of the newest " + world.keep);
  }

  private static boolean discards(LockToken token) {
    return token.goal().equals(Goal.DISCARD.word());
  }

  private boolean isAmongTheNewest(Machine machine, String id, ReleaseState state) {
    return HostHistory.of(new Journal(machine.journal(View.NOW))).in(state).stream()
        .filter(
            known ->
                state != ReleaseState.SEALED || machine.disk().isDir(".cutover/staging/" + known))
        .sorted(Comparator.reverseOrder())
        .limit(world.keep)
        .anyMatch(known -> known.value().equals(id));
  }

  @Override
  public void starts(Machine machine, Job job) {
    if (!job.text().startsWith("db ")) {
      return;
    }
    String[] words = job.text().split(" ", -1);
    int starts = world.database.started(job);
    if (words[2].equals("check")) {
      return;
    }
    for (Machine each : world.machines()) {
      require(
          each.jobs().stream().noneMatch(other -> other.text().startsWith("db " + words[1])),
          "starts '" + job.text() + "' while another command of it runs");
    }
    Direction direction = words[2].equals("up") ? Direction.UP : Direction.DOWN;
    for (Machine each : world.machines()) {
      require(
          direction == Direction.UP
              || world.absent.contains(each.index())
              || !each.live().equals(Optional.of(job.release())),
          "starts '%s' while %s runs %s"
              .formatted(job.text(), each.target().host(), job.release()));
    }
    require(
        direction == Direction.UP || world.database.has(words[1], job.release()),
        "starts '" + job.text() + "' of " + job.release() + ", of which nothing is there");
    long intents =
        machine.journal(View.KEPT).stream()
            .map(Journal.Line::entry)
            .filter(MigrationIntent.class::isInstance)
            .map(MigrationIntent.class::cast)
            .filter(intent -> intent.direction() == direction)
            .filter(intent -> intent.migration().equals(words[1]))
            .filter(intent -> intent.id().value().equals(job.release()))
            .count();
    require(
        starts <= intents,
        "'%s' for %s is started for the %dth time after %d intents"
            .formatted(job.text(), job.release(), starts, intents));
  }
}
