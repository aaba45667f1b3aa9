package dev.cutover.app;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.JournalEntry.RunEnded;
import dev.cutover.error.CutoverException;
import dev.cutover.error.LockHeldException;
import dev.cutover.event.DeployEvent;
import dev.cutover.step.Member;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The locks of one run: all or none, taken in the order of host, port and root so that two runs
 * cannot wait for each other.
 */
final class Locks implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  /** An owner whose holder has gone for this long is not coming back. */
  private static final Duration GONE = Duration.ofSeconds(3);

  /** An owner that has not beaten for this long, as we have seen ourselves, is cut off. */
  private static final Duration SILENT = Duration.ofSeconds(60);

  private final Wiring wiring;
  private final DeployRequest request;
  private final Goal goal;
  private final String runId;
  private final List<Member> members = new ArrayList<>();
  private final List<Host.Lease> leases = new ArrayList<>();
  private final Set<String> takenOver = new HashSet<>();

  Locks(Wiring wiring, DeployRequest request, Goal goal, String runId) {
    this.wiring = wiring;
    this.request = request;
    this.goal = goal;
    this.runId = runId;
  }

  /**
   * Takes the lock of every host.
   *
   * @return the members in the order of the targets, the coordinator first
   * @throws LockHeldException when one could not be had in time; none is held then
   */
  List<Member> acquire(Fleet fleet) {
    List<Fleet.Ship> ordered =
        fleet.ships().stream()
            .sorted(Comparator.comparing(ship -> ship.host().target().lockOrder()))
            .toList();
    Instant start = now();
    List<Waiting> waits = ordered.stream().map(ship -> new Waiting(ship, start)).toList();
    try {
      for (int i = 0; i < waits.size(); i++) {
        members.add(acquire(waits.get(i), waits.subList(i + 1, waits.size())));
      }
    } catch (CutoverException e) {
      release(Outcome.NOTHING_CHANGED);
      throw e;
    }
    return Member.together(request.targets().stream().map(this::memberOf).toList());
  }

  /** The runs from which a lock was taken over. */
  Set<String> takenOver() {
    return takenOver;
  }

  private Member memberOf(Target target) {
    return members.stream()
        .filter(member -> member.host().target().equals(target))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Gives back what is held, with a record of how the run ended. Nothing is done twice.
   *
   * @return the hosts whose lock was another's by then
   */
  List<String> release(Outcome outcome) {
    List<String> lost = new ArrayList<>();
    List<HostOp> ops =
        List.of(new HostOp.Append(new RunEnded(runId, outcome)), new HostOp.Unlock());
    for (Member member : members) {
      try {
        if (member.perform(ops, OpListener.SILENT).get(0).status() == OpResult.FENCED) {
          lost.add(member.name());
        }
      } catch (CutoverException e) {
        wiring
            .tools()
            .listener()
            .on(
                new DeployEvent.Warning(
                    Optional.of(member.name()), "could not give the lock back: " + e.getMessage()));
      }
    }
    members.clear();
    return lost;
  }

  private Member acquire(Waiting waiting, List<Waiting> next) {
    Fleet.Ship ship = waiting.ship;
    LockRequest lock =
        new LockRequest(
            runId,
            wiring.owner(),
            goal,
            request.targets().stream().map(Target::url).toList(),
            ship.host().target().url());
    FactsQuery query = query(ship);
    boolean waited = false;
    while (true) {
      Duration asked = wiring.ticker().now();
      LockReply reply = ship.host().lock(lock, query);
      if (reply instanceof LockReply.Granted granted) {
        return member(ship, granted.token(), granted.facts());
      }
      if (reply instanceof LockReply.Twin twin) {
        throw Twins.refusal(twin.target(), ship.host().target().url(), request, goal);
      }
      waiting.round(reply.facts(), asked);
      if (!waited) {
        // A run that is cut off from all its hosts is watched on all of them in the same minute.
        next.forEach(Waiting::look);
        waited = true;
      }
    }
  }

  private FactsQuery query(Fleet.Ship ship) {
    return new FactsQuery(ship.host().target().root(), request.spec().shared());
  }

  private Member member(Fleet.Ship ship, LockToken token, HostFacts facts) {
    leases.add(ship.host().hold(facts.layout(), token));
    boolean coordinator = ship.host().target().equals(request.targets().get(0));
    return new Member(ship.name(), ship.host(), token, facts, coordinator);
  }

  private Instant now() {
    return wiring.tools().clock().instant();
  }

  @Override
  public void close() {
    leases.forEach(Host.Lease::close);
  }

  /** The wait for one host's lock. */
  private final class Waiting {
    private final Fleet.Ship ship;
    private final Instant start;
    private Optional<Instant> told = Optional.empty();
    private Optional<Instant> goneSince = Optional.empty();
    private String gone = "";
    private String heard = "";
    private Duration heardAt = Duration.ZERO;

    Waiting(Fleet.Ship ship, Instant start) {
      this.ship = ship;
      this.start = start;
    }

    /**
     * What is to be done about one answer.
     *
     * @param asked when it was asked for: it is not older
     */
    void round(HostFacts facts, Duration asked) {
      String lock = facts.lock().orElse("");
      if (lock.isEmpty()) {
        return;
      }
      if (abandoned(facts, lock, asked)) {
        takeOver(facts, lock);
        return;
      }
      Duration waited = Duration.between(start, now());
      if (waited.compareTo(request.spec().lockWait()) >= 0) {
        throw held(lock);
      }
      if (told.map(at -> !now().isBefore(at.plus(TELL_EVERY))).orElse(true)) {
        told = Optional.of(now());
        wiring
            .tools()
            .listener()
            .on(new DeployEvent.WaitingForLock(ship.name(), words(lock), waited));
      }
      pause();
    }

    /** Takes a first reading, long before this host's turn. */
    void look() {
      Duration asked = wiring.ticker().now();
      HostFacts facts = ship.host().facts(query(ship));
      if (facts.holderAlive()) {
        facts.lock().ifPresent(lock -> abandoned(facts, lock, asked));
      }
    }

    /** Judged by the holder, never by who the lock says owns it. */
    private boolean abandoned(HostFacts facts, String lock, Duration asked) {
      if (facts.holderAlive()) {
        goneSince = Optional.empty();
        return facts.beat().map(beat -> silent(lock + ' ' + beat, asked)).orElse(false);
      }
      heard = "";
      if (goneSince.isEmpty() || !gone.equals(lock)) {
        gone = lock;
        goneSince = Optional.of(now());
      }
      return goneSince.map(since -> !now().isBefore(since.plus(GONE))).orElse(false);
    }

    /** The clock of the host may be set at any time: what counts is that its beat stands still. */
    private boolean silent(String beat, Duration asked) {
      if (!beat.equals(heard)) {
        heard = beat;
        heardAt = wiring.ticker().now();
        return false;
      }
      return asked.minus(heardAt).compareTo(SILENT) >= 0;
    }

    private void takeOver(HostFacts facts, String lock) {
      wiring
          .tools()
          .listener()
          .on(
              new DeployEvent.Notice(
                  Optional.of(ship.name()),
                  "taking over the lock of a run that is gone: " + words(lock)));
      if (ship.host().breakLock(facts.layout(), lock).ok()) {
        LockToken.parse(lock).map(LockToken::runId).ifPresent(takenOver::add);
      }
    }

    private LockHeldException held(String lock) {
      return new LockHeldException(
          "%s: the lock is held by %s".formatted(ship.name(), words(lock)),
          "wait for that run to end, or if it is hung: "
              + request.goalCommand()
              + "unlock -Ddeploy.force");
    }

    private void pause() {
      try {
        wiring.sleeper().sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CutoverException(
            "interrupted while waiting for the lock of " + ship.name(), "", e);
      }
    }
  }

  /** A lock's text in words. */
  static String words(String lock) {
    return LockToken.parse(lock)
        .map(
            token ->
                "%s, deploy:%s, since %s".formatted(token.owner(), token.goal(), token.since()))
        .orElse("something that is not ours: " + lock);
  }
}
