package dev.cutover.transport;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Sleeper;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.error.UnreadableReplyException;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A host that is reached again when its link breaks: for up to a minute it connects anew and asks
 * the same thing once more. That is safe because every operation may be repeated with the same
 * effect and is fenced by its token: whatever became of the lost one, the repeated one tells.
 */
public final class ReconnectingHost implements Host {

  /** How long a host may stay out of reach before its state counts as unknown. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HostConnector connector;
  private final Target target;
  private final Clock clock;
  private final Sleeper sleeper;
  private Host host;
  private Optional<Held> held = Optional.empty();
  private boolean asked;

  private ReconnectingHost(
      HostConnector connector, Target target, Clock clock, Sleeper sleeper, Host host) {
    this.connector = connector;
    this.target = target;
    this.clock = clock;
    this.sleeper = sleeper;
    this.host = host;
  }

  /** A connector whose hosts are reached again when their links break. */
  public static HostConnector over(HostConnector connector, Clock clock, Sleeper sleeper) {
    return target ->
        new ReconnectingHost(connector, target, clock, sleeper, connector.connect(target));
  }

  private synchronized Host host() {
    return host;
  }

  private <T> T persistently(Function<Host, T> work) {
    Optional<Instant> giveUp = Optional.empty();
    boolean unreadable = false;
    while (true) {
      Host current = host();
      try {
        return work.apply(current);
      } catch (HostLostException e) {
        // A reply may have been mangled once; a host that speaks like that goes on with it.
        if (unreadable) {
          throw e;
        }
        unreadable = e instanceof UnreadableReplyException;
        Instant end = giveUp.orElseGet(() -> clock.instant().plus(PATIENCE));
        giveUp = Optional.of(end);
        reconnect(current, end, e);
      }
    }
  }

  private synchronized void reconnect(Host lost, Instant giveUp, HostLostException reason) {
    if (host != lost) {
      return;
    }
    lost.close();
    while (true) {
      if (!clock.instant().isBefore(giveUp)) {
        throw reason;
      }
      pause(reason);
      try {
        host = connector.connect(target);
        held.ifPresent(lease -> lease.renew(host));
        return;
      } catch (HostLostException stillLost) {
        reason.addSuppressed(stillLost);
      } catch (CutoverException refused) {
        throw new HostLostException(
            reason.host(),
            "the link broke and the host now refuses: " + refused.getMessage(),
            refused);
      }
    }
  }

  private void pause(HostLostException reason) {
    try {
      sleeper.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public HostFacts facts(FactsQuery query) {
    return persistently(now -> now.facts(query));
  }

  @Override
  public LockReply lock(LockRequest request, FactsQuery query) {
    return persistently(now -> now.lock(request, query));
  }

  @Override
  public OpResult breakLock(Layout layout, String expected) {
    return persistently(now -> now.breakLock(layout, expected));
  }

  @Override
  public synchronized Lease hold(Layout layout, LockToken token) {
    // Who was stopped here finds the lock another's when it goes on, and shall say so.
    Held lease = new Held(layout, token, persistently(now -> now.hold(layout, token)));
    held = Optional.of(lease);
    return lease;
  }

  @Override
  public List<OpResult> perform(
      Layout layout, LockToken token, List<HostOp> ops, OpListener listener) {
    Optional<String> refused = unheld(ops);
    if (refused.isPresent()) {
      OpResult result = new OpResult(1, Map.of(), refused.get(), Duration.ZERO);
      listener.started(0);
      listener.ended(0, result);
      return List.of(result);
    }
    AtomicInteger tries = new AtomicInteger();
    Replay replay = new Replay(listener);
    return persistently(
        now -> {
          boolean repeated = tries.getAndIncrement() > 0;
          replay.again();
          List<OpResult> results = now.perform(layout, token, ops, replay);
          return repeated && isFenced(results) && ended(now, token, ops)
              ? allDone(ops, replay)
              : results;
        });
  }

  /**
   * Why nothing may be begun here: nobody holds the lock for this run, so that the next one takes
   * it for dead. Asked before the first act, when it costs no waiting any more; what a run does
   * afterwards only takes it back.
   */
  private Optional<String> unheld(List<HostOp> ops) {
    return ops.contains(new HostOp.Unlock())
        ? Optional.empty()
        : notAsked()
            .flatMap(Held::refused)
            .map(why -> "the lock was granted, but its holder could not start there: " + why);
  }

  private synchronized Optional<Held> notAsked() {
    Optional<Held> lease = held.filter(any -> !asked);
    asked |= lease.isPresent();
    return lease;
  }

  private static boolean isFenced(List<OpResult> results) {
    return !results.isEmpty() && results.get(0).status() == OpResult.FENCED;
  }

  /**
   * Whether the lost batch had come to its own end: it gave the lock back, which is why the
   * repeated one is fenced, and the record before that says that the run has ended. One written
   * under another number is of a run that took over and settled this one.
   */
  private boolean ended(Host now, LockToken token, List<HostOp> ops) {
    return ops.stream().anyMatch(HostOp.Unlock.class::isInstance)
        && now.facts(new FactsQuery(target.root(), Shared.NONE)).journal().lines().stream()
            .filter(line -> line.seq() == token.seq())
            .map(Journal.Line::entry)
            .filter(JournalEntry.RunEnded.class::isInstance)
            .map(JournalEntry.RunEnded.class::cast)
            .anyMatch(end -> end.runId().equals(token.runId()));
  }

  private static List<OpResult> allDone(List<HostOp> ops, OpListener listener) {
    OpResult done = new OpResult(0, Map.of(), "", Duration.ZERO);
    for (int i = 0; i < ops.size(); i++) {
      listener.started(i);
      listener.ended(i, done);
    }
    return Collections.nCopies(ops.size(), done);
  }

  @Override
  public OpResult query(Layout layout, HostQuery query, OpListener listener) {
    return persistently(now -> now.query(layout, query, listener));
  }

  @Override
  public boolean upload(Layout layout, ReleaseId id, Payload payload, TransferListener listener) {
    return persistently(now -> now.upload(layout, id, payload, listener));
  }

  @Override
  public void expectUpload(Payload payload) {
    host().expectUpload(payload);
  }

  @Override
  public boolean forwards() {
    return persistently(Host::forwards);
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    Host current = host();
    try {
      return current.connect(address, port, timeout);
    } catch (HostLostException e) {
      reconnect(current, clock.instant().plus(PATIENCE), e);
      return host().connect(address, port, timeout);
    }
  }

  @Override
  public synchronized void close() {
    host.close();
  }

  /** A lease that moves to the new connection. */
  private static final class Held implements Lease {
    private final Layout layout;
    private final LockToken token;
    private Lease lease;

    Held(Layout layout, LockToken token, Lease lease) {
      this.layout = layout;
      this.token = token;
      this.lease = lease;
    }

    synchronized void renew(Host host) {
      lease = host.hold(layout, token);
    }

    @Override
    public synchronized boolean held() {
      return lease.held();
    }

    @Override
    public Optional<String> refused() {
      return lease().refused();
    }

    private synchronized Lease lease() {
      return lease;
    }

    @Override
    public synchronized void close() {
      lease.close();
    }
  }
}
