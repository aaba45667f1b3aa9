package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.testkit.host.HostView;
import dev.cutover.testkit.host.TestPayload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A host, its files, and what its contract is tried with. */
abstract class HostBench {

  protected static final String RUN = "00000000000000a1";
  static final String OTHER_RUN = "00000000000000b2";
  static final ReleaseId ONE = new ReleaseId("20260101000001");
  static final ReleaseId TWO = new ReleaseId("20260101000002");

  /** A root's name that no quoting survives by luck. */
  static final String ODD = "it's a \"shop\" $(touch pwned) é -x `id`;\\";

  HostView files;
  Host host;
  Layout layout;

  /** Where the host's files are. */
  abstract Layout place() throws Exception;

  /** A view of the files of the host at {@link #layout}. */
  abstract HostView view();

  /** The host, over a connection of its own. */
  abstract Host another() throws Exception;

  /** The user that commands run as there. */
  abstract String user();

  /** Lets time pass where the host is. */
  abstract void pass(Duration time) throws InterruptedException;

  /** Starts an operation whose reply nobody waits for. */
  abstract void start(LockToken token, HostOp op);

  /** A process of somebody's that works in a directory below the root until it is closed. */
  abstract AutoCloseable worksIn(String directory) throws Exception;

  @BeforeEach
  void open() throws Exception {
    layout = place();
    files = view();
    host = another();
  }

  @AfterEach
  void close() {
    host.close();
  }

  FactsQuery query() {
    return new FactsQuery(new Target.Root.Absolute(layout.root()), Shared.NONE);
  }

  static LockRequest request(String run) {
    return request(run, "file:///a");
  }

  static LockRequest request(String run, String target) {
    return new LockRequest(
        run, "me@here", Goal.RELEASE, List.of("file:///a", "file:///b b"), target);
  }

  LockToken lock() {
    return lock(RUN);
  }

  LockToken lock(String run) {
    LockReply reply = host.lock(request(run), query());
    assertThat(reply).isInstanceOf(LockReply.Granted.class);
    return ((LockReply.Granted) reply).token();
  }

  void upload(ReleaseId id, TestPayload payload) {
    host.upload(layout, id, payload, (done, total) -> {});
  }

  void release(ReleaseId id, TestPayload payload) {
    LockToken token = lock();
    boolean carried = host.upload(layout, id, payload, (done, total) -> {});
    one(
        token,
        assemble(id, Shared.NONE, carried ? Map.of() : payload.modes()),
        seal(id, false),
        new HostOp.Publish(id),
        toLive(id));
    one(
        token,
        new HostOp.Append(new JournalEntry.StateChanged(RUN, id, ReleaseState.GOOD, "")),
        new HostOp.LogRevision("deployed"),
        new HostOp.Unlock());
  }

  static HostOp assemble(ReleaseId id, Shared shared, Map<String, Integer> modes) {
    return new HostOp.Assemble(RUN, id, "1.0", "abc", shared, modes);
  }

  static HostOp seal(ReleaseId id, boolean built) {
    return new HostOp.Seal(RUN, new JournalEntry.Described(id, "1.0", "abc", "m", "c"), built);
  }

  HostOp toLive(ReleaseId id) {
    return new HostOp.Switch(RUN, layout.release(id), Optional.empty(), Optional.of(id));
  }

  HostOp run(String name, String text) {
    return new HostOp.Run(
        new HostOp.CommandRun(name, text, layout.root(), Map.of(), 20, Optional.empty()), RUN);
  }

  List<OpResult> one(LockToken token, HostOp... ops) {
    List<OpResult> results = host.perform(layout, token, Arrays.asList(ops), OpListener.SILENT);
    assertThat(results).hasSize(ops.length).allMatch(OpResult::ok);
    return results;
  }

  OpResult first(LockToken token, HostOp op) {
    return host.perform(layout, token, List.of(op), OpListener.SILENT).get(0);
  }

  List<JournalEntry> entries() {
    return host.facts(query()).journal().lines().stream().map(Journal.Line::entry).toList();
  }

  List<String> states() {
    return entries().stream()
        .filter(JournalEntry.StateChanged.class::isInstance)
        .map(entry -> ((JournalEntry.StateChanged) entry).state().name())
        .toList();
  }

  static OpListener listener(List<String> output) {
    return new OpListener() {
      @Override
      public void output(int index, String line) {
        output.add(line);
      }
    };
  }

  void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1200 && !condition.getAsBoolean(); i++) {
      pass(Duration.ofMillis(50));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
