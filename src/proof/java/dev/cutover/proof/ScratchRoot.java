package dev.cutover.proof;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.testkit.host.TestPayload;
import dev.cutover.transport.Connection;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A root on this machine on which operations are performed one by one, and a neighbour that nothing
 * may touch.
 *
 * @param directory holds both, and nothing else
 */
public record ScratchRoot(Path directory) {

  public static final String RUN = "00000000000000a1";
  public static final String OTHER_RUN = "00000000000000b2";
  public static final ReleaseId ONE = new ReleaseId("20260101000001");
  public static final ReleaseId TWO = new ReleaseId("20260101000002");
  public static final ReleaseId THREE = new ReleaseId("20260101000003");
  public static final Shared SHARED = new Shared(List.of("log"), List.of("config/app.conf"));

  public static ScratchRoot in(Path directory) throws IOException {
    ScratchRoot stage = new ScratchRoot(directory.toRealPath());
    Files.createDirectories(stage.neighbour());
    Files.writeString(stage.neighbour().resolve("precious"), "precious");
    return stage;
  }

  public Path root() {
    return directory.resolve("root");
  }

  public Path neighbour() {
    return directory.resolve("neighbour");
  }

  public Path state(String name) {
    return root().resolve(".cutover").resolve(name);
  }

  public Layout layout() {
    return new Layout(new RemotePath(root().toString()));
  }

  public FactsQuery query() {
    return new FactsQuery(new Target.Root.Absolute(layout().root()), Shared.NONE);
  }

  public Host host(Connection connection) {
    return new ScriptedHost(
        new Target.Local(new Target.Root.Absolute(layout().root()), "file://" + root()),
        connection);
  }

  /** A host that nothing disturbs. */
  public Host host() {
    return host(new LocalConnection());
  }

  /** What a release is made of. */
  public static TestPayload payload(ReleaseId id) {
    return new TestPayload()
        .with("app.txt", "release " + id)
        .with("bin/run", "#!/bin/sh\necho " + id + "\n")
        .with("log/old", "in the way of what is shared");
  }

  public static LockRequest request(String run) {
    return new LockRequest(run, "me@here", Goal.RELEASE, List.of("file:///a"), "file:///a");
  }

  /** The token whose lock stands, or one that never was. */
  public LockToken token() {
    try {
      return LockToken.parse(Files.readSymbolicLink(state("lock")).toString()).orElseThrow();
    } catch (IOException e) {
      return LockToken.parse("99:" + RUN + ":me@here:release:1").orElseThrow();
    }
  }

  public LockToken lock(String run) {
    try (Host host = host()) {
      return ((LockReply.Granted) host.lock(request(run), query())).token();
    }
  }

  public void upload(Host host, ReleaseId id) {
    host.upload(layout(), id, payload(id), (done, total) -> {});
  }

  /** Performs what must go well. */
  public void perform(HostOp... ops) {
    try (Host host = host()) {
      List<OpResult> results = host.perform(layout(), token(), List.of(ops), OpListener.SILENT);
      if (results.size() != ops.length || !results.get(ops.length - 1).ok()) {
        throw new IllegalStateException(Arrays.toString(ops) + ": " + results);
      }
    }
  }

  /** A release that stands in {@code releases/}, sealed; the lock is held. */
  public void published(ReleaseId id) throws IOException {
    sealed(id);
    perform(new HostOp.Publish(id));
  }

  public void sealed(ReleaseId id) throws IOException {
    uploaded(id);
    perform(assemble(id), seal(id, false));
  }

  public void uploaded(ReleaseId id) throws IOException {
    if (!Files.isSymbolicLink(state("lock"))) {
      lock(RUN);
    }
    Files.createDirectories(root().resolve("shared/config"));
    Files.writeString(root().resolve("shared/config/app.conf"), "conf");
    try (Host host = host()) {
      upload(host, id);
    }
  }

  /** A release that is live and good; the lock is held. */
  public void live(ReleaseId id) throws IOException {
    published(id);
    perform(toLive(id), good(id));
  }

  /** A release that an earlier run made, and ended; the lock is free. */
  public void past(ReleaseId id) throws IOException {
    String run = pastRun(id);
    begin(run, id);
    perform(
        new HostOp.Switch(run, layout().release(id), Optional.empty(), Optional.of(id)),
        new HostOp.Commit(run, id));
    end(run, Outcome.RELEASED);
  }

  /** A release that an earlier run gave up; the lock is free. */
  public void pastFailure(ReleaseId id) throws IOException {
    String run = pastRun(id);
    begin(run, id);
    perform(new HostOp.Quarantine(run, id, ReleaseState.FAILED, "why not"));
    end(run, Outcome.REVERTED);
  }

  private void begin(String run, ReleaseId id) throws IOException {
    lock(run);
    uploaded(id);
    perform(assemble(run, id), seal(run, id, false), new HostOp.Publish(id));
  }

  private void end(String run, Outcome outcome) {
    perform(new HostOp.Append(new JournalEntry.RunEnded(run, outcome)), new HostOp.Unlock());
  }

  private static String pastRun(ReleaseId id) {
    return "c" + id.value();
  }

  public static HostOp assemble(ReleaseId id) {
    return assemble(RUN, id);
  }

  private static HostOp assemble(String run, ReleaseId id) {
    return new HostOp.Assemble(run, id, "1.0", "abc", SHARED, Map.of("bin/run", 0755));
  }

  public static HostOp seal(ReleaseId id, boolean built) {
    return seal(RUN, id, built);
  }

  private static HostOp seal(String run, ReleaseId id, boolean built) {
    return new HostOp.Seal(run, new JournalEntry.Described(id, "1.0", "abc", "m", "c"), built);
  }

  public HostOp toLive(ReleaseId id) {
    return new HostOp.Switch(RUN, layout().release(id), Optional.empty(), Optional.of(id));
  }

  /** A command that leaves a line in {@code count}. */
  public HostOp counting() {
    return new HostOp.Run(
        new HostOp.CommandRun(
            "count", "echo x >>count", layout().root(), Map.of(), 5, Optional.empty()),
        RUN);
  }

  /** How often that came to its end. */
  public long counted() throws IOException {
    Path count = root().resolve("count");
    return Files.exists(count) ? Files.readString(count).lines().count() : 0;
  }

  public static HostOp good(ReleaseId id) {
    return new HostOp.Append(new JournalEntry.StateChanged(RUN, id, ReleaseState.GOOD, ""));
  }
}
