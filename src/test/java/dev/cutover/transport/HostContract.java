package dev.cutover.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.error.HostRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the host scripts promise over every connection. A subclass says how to connect to this
 * machine; the root has a name that no quoting survives by luck.
 */
public abstract class HostContract {

  protected static final String RUN = "00000000000000a1";
  private static final String OTHER_RUN = "00000000000000b2";
  private static final ReleaseId ONE = new ReleaseId("20260101000001");
  private static final ReleaseId TWO = new ReleaseId("20260101000002");

  private Path scratch;
  private Path root;
  private Host host;
  private Layout layout;

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

  @Test
  void factsOfARootThatIsNotThereChangeNothing() {
    var facts = host.facts(query());
    assertThat(facts.layout()).isEqualTo(layout);
    assertThat(facts.missingTools()).isEmpty();
    assertThat(facts.current()).isEqualTo(new Current.Absent());
    assertThat(facts.user()).isEqualTo(System.getProperty("user.name"));
    assertThat(facts.freeBytes()).isPositive();
    assertThat(facts.freeInodes()).isPositive();
    assertThat(facts.sameFileSystem()).isTrue();
    assertThat(facts.writable()).isTrue();
    assertThat(facts.lock()).isEmpty();
    assertThat(facts.journal()).isEqualTo(Journal.EMPTY);
    assertThat(root).doesNotExist();
  }

  @Test
  void aLockIsGivenOnceAndItsReplyMayGetLost() {
    LockToken token = lock();
    assertThat(token.seq()).isEqualTo(1);
    assertThat(lock()).isEqualTo(token);

    var held = host.lock(request(OTHER_RUN), query());
    assertThat(held).isInstanceOf(LockReply.Held.class);
    assertThat(held.facts().lock()).contains(token.text());

    assertThat(entries()).hasSize(1).first().isInstanceOf(JournalEntry.RunStarted.class);
    one(token, new HostOp.Unlock());
    assertThat(host.perform(layout, token, List.of(new HostOp.Unlock()), OpListener.SILENT))
        .first()
        .satisfies(result -> assertThat(result.status()).isZero());
    assertThat(lock(OTHER_RUN).seq()).isEqualTo(2);
  }

  @Test
  void theStateIsOursAlone() throws IOException {
    lock();
    for (String name : List.of(".cutover", ".cutover/staging", ".cutover/logs")) {
      assertThat(mode(root.resolve(name))).isEqualTo("rwx------");
    }
    assertThat(mode(root.resolve(".cutover/journal"))).isEqualTo("rw-------");
    assertThat(mode(root.resolve("releases"))).isEqualTo("rwxr-xr-x");
    assertThat(Files.size(root.resolve(".cutover/reserve"))).isEqualTo(256 * 1024);
  }

  @Test
  void aRealDirectoryAtCurrentIsRefusedUntouched() throws IOException {
    Files.createDirectories(root.resolve("current"));
    assertThatThrownBy(this::lock)
        .isInstanceOf(HostRefusedException.class)
        .hasMessageContaining("is not a link");
    assertThat(root.resolve(".cutover")).doesNotExist();
  }

  @Test
  void aRelativeCurrentIsMadeAbsoluteInTheFirstRecord() throws IOException {
    Files.createDirectories(root.resolve("releases/7"));
    Files.createSymbolicLink(root.resolve("current"), Path.of("./releases//7"));
    lock();
    assertThat(entries().get(0))
        .isEqualTo(
            new JournalEntry.RunStarted(
                RUN,
                Goal.RELEASE,
                "me@here",
                Optional.of(layout.release(new ReleaseId("7"))),
                List.of("file:///a", "file:///b b")));
    assertThat(host.facts(query()).releases()).containsExactly(new ReleaseId("7"));
  }

  @Test
  void fewFilesBecomeALiveRelease() throws IOException {
    release(ONE, new TestPayload().with("a b'c.txt", "A").with("bin/run", "#!/bin/sh\n"));
    Path release = root.resolve("releases/" + ONE);
    assertThat(root.resolve("current").toRealPath()).isEqualTo(release.toRealPath());
    assertThat(Files.readSymbolicLink(root.resolve("current")).toString())
        .isEqualTo(release.toString());
    assertThat(release.resolve("VERSION")).hasContent("1.0");
    assertThat(release.resolve("REVISION")).hasContent("abc");
    assertThat(mode(release.resolve("a b'c.txt"))).isEqualTo("rw-r--r--");
    assertThat(mode(release.resolve("bin/run"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(release.resolve("bin"))).isEqualTo("rwxr-xr-x");
    assertThat(root.resolve(".cutover/staging")).isEmptyDirectory();
    assertThat(root.resolve("revisions.log")).hasContent("deployed");
    assertThat(states()).containsExactly("STAGED", "SEALED", "LIVE", "GOOD");
    assertThat(host.facts(query()).lock()).isEmpty();
  }

  @Test
  void manyFilesGoAsOneStreamWithTheirModes() throws IOException {
    String deep = "d/".repeat(60) + "x".repeat(120);
    release(
        ONE,
        new TestPayload()
            .withMany(40)
            .with("-rf", "dash")
            .with(deep, "deep")
            .with("é $(id) \"q\" \\ back", "odd")
            .with("bin/run", "x")
            .withEmpty("empty/dir"));
    Path release = root.resolve("releases/" + ONE);
    assertThat(release.resolve(deep)).hasContent("deep");
    assertThat(release.resolve("-rf")).hasContent("dash");
    assertThat(release.resolve("é $(id) \"q\" \\ back")).hasContent("odd");
    assertThat(release.resolve("empty/dir")).isEmptyDirectory();
    assertThat(mode(release.resolve("bin/run"))).isEqualTo("rwxr-xr-x");
    OpResult drift = host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT);
    assertThat(drift.values()).isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
  }

  @Test
  void driftIsNamed() throws IOException {
    release(ONE, new TestPayload().with("a", "1").with("b b", "2").with("c\\d", "3"));
    Path release = root.resolve("releases/" + ONE);
    Files.writeString(release.resolve("c\\d"), "x");
    Files.delete(release.resolve("b b"));
    Files.writeString(release.resolve("n'ew"), "x");
    OpResult drift = host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT);
    assertThat(drift.values())
        .isEqualTo(Map.of("changed", "c\\d", "missing", "b b", "added", "n'ew"));
  }

  @Test
  void damagedMissingAndAddedFilesAreRefused() throws IOException {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1").with("b", "2"));
    Path tree = root.resolve(".cutover/staging/" + ONE);
    Files.writeString(tree.resolve("a"), "x");
    Files.delete(tree.resolve("b"));
    Files.writeString(tree.resolve("c"), "x");
    OpResult result = first(token, assemble(ONE, Shared.NONE, Map.of()));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.message())
        .contains("damaged: a")
        .contains("missing: b")
        .contains("not in the manifest: c");
  }

  @Test
  void whatIsSharedIsLinkedAndWhatIsMissingIsNamedAtOnce() throws IOException {
    Shared shared = new Shared(List.of("log", "a b/c"), List.of("config/x.conf", "y"));
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1").with("log/old", "2").with("y", "in the way"));
    OpResult refused = first(token, assemble(ONE, shared, Map.of()));
    assertThat(refused.ok()).isFalse();
    assertThat(refused.message()).contains("shared/config/x.conf").contains("shared/y");
    assertThat(host.facts(new FactsQuery(query().root(), shared)).missingShared())
        .containsExactly("config/x.conf", "y");

    Files.createDirectories(root.resolve("shared/config"));
    Files.writeString(root.resolve("shared/config/x.conf"), "conf");
    Files.writeString(root.resolve("shared/y"), "why");
    one(token, assemble(ONE, shared, Map.of()));
    one(token, assemble(ONE, shared, Map.of()));
    Path tree = root.resolve(".cutover/staging/" + ONE);
    assertThat(Files.readSymbolicLink(tree.resolve("a b/c")))
        .isEqualTo(root.resolve("shared/a b/c"));
    assertThat(tree.resolve("y")).hasContent("why");
    assertThat(Files.isSymbolicLink(tree.resolve("log"))).isTrue();
    one(token, seal(ONE, false), new HostOp.Publish(ONE));
    assertThat(host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT).values())
        .isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
  }

  @Test
  void eachOperationMayBeRepeatedAfterALostReply() throws IOException {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    List<HostOp> ops =
        List.of(
            assemble(ONE, Shared.NONE, Map.of()),
            seal(ONE, false),
            new HostOp.Publish(ONE),
            toLive(ONE),
            new HostOp.LogRevision("line"));
    one(token, ops.toArray(HostOp[]::new));
    one(token, ops.subList(1, 5).toArray(HostOp[]::new));
    assertThat(entries().stream().filter(JournalEntry.Switched.class::isInstance)).hasSize(1);
    assertThat(root.resolve("revisions.log")).hasContent("line");

    HostOp.Prune prune = new HostOp.Prune(RUN, List.of(TWO));
    one(token, prune, prune);
    HostOp remove = new HostOp.RemoveCurrent(RUN, layout.release(ONE));
    one(token, remove, remove);
    assertThat(Files.exists(root.resolve("current"))).isFalse();
    assertThat(entries().stream().filter(JournalEntry.Switched.class::isInstance)).hasSize(2);
    HostOp quarantine = new HostOp.Quarantine(RUN, ONE, ReleaseState.REVERTED, "it's\tsick");
    one(token, quarantine, quarantine);
    assertThat(root.resolve(".cutover/failed/" + ONE + "/a")).hasContent("1");
    assertThat(root.resolve("releases")).isEmptyDirectory();
  }

  @Test
  void withoutTheLockNothingChanges() throws IOException {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    one(token, assemble(ONE, Shared.NONE, Map.of()), seal(ONE, false));
    assertThat(host.breakLock(layout, token.text()).status()).isZero();
    assertThat(host.breakLock(layout, token.text()).status()).isEqualTo(96);
    LockToken next = lock(OTHER_RUN);
    assertThat(next.seq()).isEqualTo(token.seq() + 2);
    List<String> before = tree();
    for (HostOp op :
        List.of(
            new HostOp.Publish(ONE),
            toLive(ONE),
            new HostOp.Quarantine(RUN, ONE, ReleaseState.FAILED, ""),
            new HostOp.Prune(RUN, List.of(ONE)),
            new HostOp.LogRevision("x"),
            new HostOp.Append(new JournalEntry.RunEnded(RUN, Outcome.RELEASED)),
            run("late", "touch ../late"),
            new HostOp.Unlock())) {
      assertThat(first(token, op).status()).isEqualTo(OpResult.FENCED);
    }
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void aSwitchToWhatIsNotExpectedIsRefused() throws IOException {
    release(ONE, new TestPayload().with("a", "1"));
    LockToken token = lock();
    Files.createDirectories(root.resolve("releases/x"));
    OpResult result =
        first(
            token,
            new HostOp.Switch(
                RUN,
                layout.release(new ReleaseId("x")),
                Optional.of(layout.release(TWO)),
                Optional.empty()));
    assertThat(result.message()).contains("somebody else changed it");
    assertThat(root.resolve("current").toRealPath().getFileName()).hasToString(ONE.value());
  }

  @Test
  void capistranosLeftoverLinkGoes() throws IOException {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    Files.createSymbolicLink(root.resolve("releases/current"), Path.of("/nowhere"));
    assertThat(host.facts(query()).leftoverCurrent()).isTrue();
    List<OpResult> results =
        one(token, assemble(ONE, Shared.NONE, Map.of()), seal(ONE, false), new HostOp.Publish(ONE));
    assertThat(results.get(2).value("removed-leftover")).endsWith("releases/current");
    assertThat(Files.isSymbolicLink(root.resolve("releases/current"))).isFalse();
  }

  @Test
  void aTornRecordIsPassedOver() throws IOException {
    LockToken token = lock();
    Path journal = root.resolve(".cutover/journal");
    Files.write(journal, Arrays.copyOf(Files.readAllBytes(journal), (int) Files.size(journal) - 9));
    assertThat(entries()).isEmpty();
    JournalEntry end = new JournalEntry.RunEnded(RUN, Outcome.RELEASED);
    one(token, new HostOp.Append(end));
    assertThat(entries()).containsExactly(end);
  }

  @Test
  void aLongJournalIsRewritten() throws IOException {
    LockToken token = lock();
    one(token, new HostOp.Unlock());
    Path journal = root.resolve(".cutover/journal");
    Files.writeString(journal, "x".repeat(1 << 20), UTF_8, java.nio.file.StandardOpenOption.APPEND);
    token = lock(OTHER_RUN);
    assertThat(Files.size(journal)).isLessThan(1000);
    assertThat(entries()).hasSize(2);
    one(token, new HostOp.Unlock());
  }

  @Test
  void aCommandRunsWithItsEnvironmentAndTellsItsOutput() {
    LockToken token = lock();
    List<String> output = new ArrayList<>();
    HostOp.CommandRun command =
        new HostOp.CommandRun(
            "say it/now",
            "echo \"$GREETING\"; pwd; echo err >&2; printf 'no newline'; exit 3",
            layout.root(),
            Map.of("GREETING", "it's  $(id) `x` \"é\""),
            20,
            Optional.of(ONE));
    List<OpResult> results =
        host.perform(
            layout, token, List.of(new HostOp.Run(command), new HostOp.Unlock()), listener(output));
    assertThat(results).hasSize(1);
    assertThat(results.get(0).status()).isEqualTo(3);
    assertThat(output)
        .containsExactly("it's  $(id) `x` \"é\"", root.toString(), "err", "no newline");
    assertThat(root.resolve(".cutover/logs/" + ONE + ".log")).content().contains("no newline");
  }

  @Test
  void aCommandsOwnNinetySevenIsNotAFence() {
    assertThat(first(lock(), run("odd", "exit 97")).status()).isEqualTo(1);
  }

  @Test
  void aCommandOfANameRunsOnceInARun() throws IOException {
    LockToken token = lock();
    one(token, run("count", "echo x >>count"));
    one(token, run("count", "echo x >>count"));
    assertThat(root.resolve("count")).hasContent("x");
  }

  @Test
  void aDaemonThatKeepsStdoutDoesNotHoldTheRunNorTheLocks() throws Exception {
    LockToken token = lock();
    long began = System.nanoTime();
    one(token, run("restart", "sleep 60 & echo $! >daemon; echo started"), new HostOp.Unlock());
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    long pid = Long.parseLong(Files.readString(root.resolve("daemon")).strip());
    assertThat(ProcessHandle.of(pid)).isPresent();
    assertThat(lock(OTHER_RUN).seq()).isEqualTo(2);
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void atItsDeadlineACommandEndsWithAllItStarted() throws Exception {
    LockToken token = lock();
    HostOp.CommandRun command =
        new HostOp.CommandRun(
            "slow",
            "trap '' TERM; sleep 60 & echo $! >child; wait; sleep 60",
            layout.root(),
            Map.of(),
            1,
            Optional.empty());
    OpResult result = first(token, new HostOp.Run(command));
    assertThat(result.status()).isEqualTo(OpResult.TIMED_OUT);
    assertThat(result.took()).isLessThan(Duration.ofSeconds(8));
    long pid = Long.parseLong(Files.readString(root.resolve("child")).strip());
    await(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aHealthCommandNeedsNoLock() throws IOException {
    release(ONE, new TestPayload().with("a", "1"));
    List<String> output = new ArrayList<>();
    HostOp.CommandRun command =
        new HostOp.CommandRun(
            "check", "ls a; exit 4", layout.release(ONE), Map.of(), 5, Optional.empty());
    OpResult result = host.query(layout, new HostQuery.RunCheck(command), listener(output));
    assertThat(result.status()).isEqualTo(4);
    assertThat(output).containsExactly("a");
    assertThat(root.resolve(".cutover/runs")).isEmptyDirectory();
  }

  @Test
  void theHolderIsSeenWhileItStands() throws Exception {
    LockToken token = lock();
    assertThat(host.facts(query()).holderAlive()).isFalse();
    Host holder = another();
    holder.facts(query());
    try (Host.Lease lease = holder.hold(layout, token)) {
      await(() -> host.facts(query()).holderAlive());
      assertThat(lease.held()).isTrue();
      assertThat(host.facts(query()).lastBeat().orElseThrow()).isLessThan(Duration.ofSeconds(10));
    }
    await(() -> !host.facts(query()).holderAlive());
    holder.close();
  }

  @Test
  void seedsOfTheStagingPathAreFoundAfterABuild() throws IOException {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    one(token, assemble(ONE, Shared.NONE, Map.of()));
    Path tree = root.resolve(".cutover/staging/" + ONE);
    Files.writeString(tree.resolve("activate"), "PATH=" + tree + "/bin");
    OpResult refused = first(token, seal(ONE, true));
    assertThat(refused.message()).contains("./activate");
    Files.writeString(tree.resolve("activate"), "fine");
    one(token, seal(ONE, true), new HostOp.Publish(ONE));
    assertThat(host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT).value("added"))
        .isEmpty();
  }

  @Test
  void pruningLeavesWhatAProcessRunsFromAndFollowsNoLink() throws Exception {
    LockToken token = lock();
    for (ReleaseId id : List.of(ONE, TWO)) {
      upload(id, new TestPayload().with("a", "1"));
      one(token, assemble(id, Shared.NONE, Map.of()), seal(id, false), new HostOp.Publish(id));
    }
    Files.createDirectories(root.resolve("shared/keep/me"));
    Files.createSymbolicLink(
        root.resolve("releases/" + ONE + "/link"), root.resolve("shared/keep"));
    Process user =
        new ProcessBuilder("sleep", "60")
            .directory(root.resolve("releases/" + TWO).toFile())
            .start();
    try {
      OpResult result = first(token, new HostOp.Prune(RUN, List.of(ONE, TWO)));
      assertThat(result.ok()).isTrue();
      assertThat(result.values()).isEqualTo(Map.of("in-use", TWO.value()));
      assertThat(root.resolve("releases/" + ONE)).doesNotExist();
      assertThat(root.resolve("releases/" + TWO)).isDirectory();
      assertThat(root.resolve("shared/keep/me")).isDirectory();
      assertThat(states()).endsWith("PRUNED");
    } finally {
      user.destroy();
    }
  }

  @Test
  void twoFailedReleasesAreKept() throws IOException {
    LockToken token = lock();
    for (int i = 1; i <= 3; i++) {
      ReleaseId id = new ReleaseId("2026010100000" + i);
      upload(id, new TestPayload().with("a", "1"));
      one(token, new HostOp.Quarantine(RUN, id, ReleaseState.FAILED, "why not"));
    }
    try (var failed = Files.list(root.resolve(".cutover/failed"))) {
      assertThat(failed.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("20260101000002", "20260101000003");
    }
  }

  @Test
  void theProbeLeavesNothingBehind() {
    OpResult result = host.query(layout, new HostQuery.Probe(true), OpListener.SILENT);
    assertThat(result.ok()).isTrue();
    assertThat(result.values().keySet()).noneMatch(key -> key.startsWith("problem"));
    assertThat(result.value("sudo")).isIn("yes", "no", "absent");
    assertThat(root.getParent()).isEmptyDirectory();
  }

  @Test
  void aReaderNeverMissesCurrent() throws Exception {
    release(ONE, new TestPayload().with("a", "1"));
    Files.createDirectories(root.resolve("releases/x"));
    Files.writeString(root.resolve("releases/x/a"), "2");
    LockToken token = lock();
    List<HostOp> flips = new ArrayList<>();
    for (int i = 0; i < flips(); i++) {
      ReleaseId to = i % 2 == 0 ? new ReleaseId("x") : ONE;
      flips.add(new HostOp.Switch(RUN, layout.release(to), Optional.empty(), Optional.empty()));
    }
    Path served = root.resolve("current/a");
    List<IOException> failed = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  // Not by channels, which an interrupt closes.
                  new java.io.FileInputStream(served.toFile()).close();
                } catch (IOException e) {
                  failed.add(e);
                }
              }
            });
    reader.start();
    one(token, flips.toArray(HostOp[]::new));
    reader.interrupt();
    reader.join();
    assertThat(failed).isEmpty();
  }

  // ---- helpers

  /** A host over a connection of its own. */
  private Host another() throws Exception {
    return new ScriptedHost(
        new Target.Local(new Target.Root.Absolute(layout.root()), "file://" + root), connect());
  }

  private FactsQuery query() {
    return new FactsQuery(new Target.Root.Absolute(layout.root()), Shared.NONE);
  }

  private static LockRequest request(String run) {
    return new LockRequest(run, "me@here", Goal.RELEASE, List.of("file:///a", "file:///b b"));
  }

  private LockToken lock() {
    return lock(RUN);
  }

  private LockToken lock(String run) {
    LockReply reply = host.lock(request(run), query());
    assertThat(reply).isInstanceOf(LockReply.Granted.class);
    return ((LockReply.Granted) reply).token();
  }

  private void upload(ReleaseId id, TestPayload payload) {
    host.upload(layout, id, payload, (done, total) -> {});
  }

  private void release(ReleaseId id, TestPayload payload) {
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

  private static HostOp assemble(ReleaseId id, Shared shared, Map<String, Integer> modes) {
    return new HostOp.Assemble(RUN, id, "1.0", "abc", shared, modes);
  }

  private static HostOp seal(ReleaseId id, boolean built) {
    return new HostOp.Seal(RUN, new JournalEntry.Described(id, "1.0", "abc", "m", "c"), built);
  }

  private HostOp toLive(ReleaseId id) {
    return new HostOp.Switch(RUN, layout.release(id), Optional.empty(), Optional.of(id));
  }

  private HostOp run(String name, String text) {
    return new HostOp.Run(
        new HostOp.CommandRun(name, text, layout.root(), Map.of(), 20, Optional.empty()));
  }

  private List<OpResult> one(LockToken token, HostOp... ops) {
    List<OpResult> results = host.perform(layout, token, Arrays.asList(ops), OpListener.SILENT);
    assertThat(results).hasSize(ops.length).allMatch(OpResult::ok);
    return results;
  }

  private OpResult first(LockToken token, HostOp op) {
    return host.perform(layout, token, List.of(op), OpListener.SILENT).get(0);
  }

  private List<JournalEntry> entries() {
    return host.facts(query()).journal().lines().stream().map(Journal.Line::entry).toList();
  }

  private List<String> states() {
    return entries().stream()
        .filter(JournalEntry.StateChanged.class::isInstance)
        .map(entry -> ((JournalEntry.StateChanged) entry).state().name())
        .toList();
  }

  private List<String> tree() throws IOException {
    try (var paths = Files.walk(root)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static OpListener listener(List<String> output) {
    return new OpListener() {
      @Override
      public void output(int index, String line) {
        output.add(line);
      }
    };
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
