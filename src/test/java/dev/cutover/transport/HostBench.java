package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.testkit.host.TestPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host over some connection to this machine, and what its contract is tried with. */
abstract class HostBench {

  protected static final String RUN = "00000000000000a1";
  static final String OTHER_RUN = "00000000000000b2";
  static final ReleaseId ONE = new ReleaseId("20260101000001");
  static final ReleaseId TWO = new ReleaseId("20260101000002");

  Path scratch;
  Path root;
  Host host;
  Layout layout;

  /** A new connection to this machine. */
  protected abstract Connection connect() throws Exception;

  /** How often current is flipped under a reader. */
  protected int flips() {
    return 50;
  }

  /** A directory beside the root, gone after the test. */
  protected Path scratch() {
    return scratch;
  }

  @BeforeEach
  void open(@TempDir Path temp) throws Exception {
    scratch = temp;
    root =
        Files.createDirectory(temp.resolve("host"))
            .toRealPath()
            .resolve("it's a \"shop\" $(touch pwned) é -x `id`;\\");
    layout = new Layout(new RemotePath(root.toString()));
    host = another();
  }

  @AfterEach
  void close() {
    host.close();
    assertThat(Files.exists(Path.of("pwned"))).isFalse();
  }

  /** A host over a connection of its own. */
  Host another() throws Exception {
    return new ScriptedHost(
        new Target.Local(new Target.Root.Absolute(layout.root()), "file://" + root), connect());
  }

  FactsQuery query() {
    return new FactsQuery(new Target.Root.Absolute(layout.root()), Shared.NONE);
  }

  static LockRequest request(String run) {
    return new LockRequest(run, "me@here", Goal.RELEASE, List.of("file:///a", "file:///b b"));
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

  /** Starts an operation whose reply nobody waits for. */
  void start(LockToken token, HostOp op) {
    Thread client =
        new Thread(
            () -> {
              try (Host other = another()) {
                other.perform(layout, token, List.of(op), OpListener.SILENT);
              } catch (Exception cut) {
                // The connection goes away with the test.
              }
            });
    client.setDaemon(true);
    client.start();
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

  List<String> tree() throws IOException {
    try (var paths = Files.walk(root)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  static OpListener listener(List<String> output) {
    return new OpListener() {
      @Override
      public void output(int index, String line) {
        output.add(line);
      }
    };
  }

  static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
