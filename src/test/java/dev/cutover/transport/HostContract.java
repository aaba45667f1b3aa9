package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Shared;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.testkit.host.TestPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the host scripts promise over every connection. A subclass says how to connect to this
 * machine; the root has a name that no quoting survives by luck.
 */
public abstract class HostContract extends CommandContract {

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
    assertThat(results.get(2).value("note")).contains("releases/current, a leftover");
    assertThat(Files.isSymbolicLink(root.resolve("releases/current"))).isFalse();
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
      assertThat(result.value("in-use")).isEqualTo(TWO.value());
      assertThat(result.value("note")).contains("kept, for a process works there: " + TWO);
      assertThat(root.resolve("releases/" + ONE)).doesNotExist();
      assertThat(root.resolve("releases/" + TWO)).isDirectory();
      assertThat(root.resolve("shared/keep/me")).isDirectory();
      assertThat(states()).endsWith("PRUNED");
    } finally {
      user.destroy();
    }
  }

  @Test
  void pruningLeavesWhatAProcessHasMapped() throws Exception {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("data", "mapped"));
    one(token, assemble(ONE, Shared.NONE, Map.of()), seal(ONE, false), new HostOp.Publish(ONE));
    ByteBuffer mapped;
    try (FileChannel file = FileChannel.open(root.resolve("releases/" + ONE + "/data"))) {
      mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
    }
    OpResult result = first(token, new HostOp.Prune(RUN, List.of(ONE)));
    assertThat(result.ok()).isTrue();
    assertThat(result.value("in-use")).isEqualTo(ONE.value());
    assertThat(root.resolve("releases/" + ONE + "/data")).hasContent("mapped");
    assertThat(mapped.get(0)).isEqualTo((byte) 'm');
  }

  @Test
  void twoFailedReleasesAreKept() throws IOException {
    LockToken token = lock();
    for (int i = 1; i <= 3; i++) {
      ReleaseId id = new ReleaseId("2026010100000" + i);
      upload(id, new TestPayload().with("a", "1"));
      one(token, assemble(id, Shared.NONE, Map.of()));
      one(token, new HostOp.Quarantine(RUN, id, ReleaseState.FAILED, "why not"));
    }
    try (var failed = Files.list(root.resolve(".cutover/failed"))) {
      assertThat(failed.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("20260101000002", "20260101000003");
    }
  }

  @Test
  void ofAReleaseThatDidNotFitNothingIsKept() throws IOException {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    HostOp discard = new HostOp.Quarantine(RUN, ONE, ReleaseState.FAILED, "no room", true);
    one(token, assemble(ONE, Shared.NONE, Map.of()), discard, discard);
    assertThat(root.resolve(".cutover/failed")).isEmptyDirectory();
    assertThat(root.resolve(".cutover/staging")).isEmptyDirectory();
    assertThat(root.resolve(".cutover/manifests")).isEmptyDirectory();
    assertThat(states()).endsWith("FAILED");
  }

  @Test
  void whereTheHostCanWriteThereIsNothingToExplain() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    assertThat(first(token, new HostOp.Explain(ONE)).ok()).isTrue();
    assertThat(root.resolve(".cutover/staging"))
        .isDirectoryRecursivelyContaining("glob:**/a")
        .isDirectoryNotContaining("glob:**/.try*");
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
  void theProbeNamesWhatIsInTheRootsWay() throws IOException {
    for (boolean dangling : List.of(false, true)) {
      if (dangling) {
        Files.createSymbolicLink(root, Path.of("nowhere"));
      } else {
        Files.writeString(root, "precious");
      }
      OpResult result = host.query(layout, new HostQuery.Probe(false), OpListener.SILENT);
      assertThat(result.value("problem.1"))
          .isEqualTo(root + " cannot be made: " + root + " is no directory");
      assertThat(result.value("note.1")).doesNotContain("does not exist");
      Files.delete(root);
    }
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

  @Test
  void aCommitIsRecordedOnlyWhereTheReleaseIsLive() {
    release(ONE, new TestPayload().with("a", "1"));
    release(TWO, new TestPayload().with("a", "2"));
    LockToken token = lock(OTHER_RUN);
    OpResult elsewhere = first(token, new HostOp.Commit(OTHER_RUN, ONE));
    assertThat(elsewhere.ok()).isFalse();
    assertThat(elsewhere.message()).contains("somebody else changed it");
    one(token, new HostOp.Commit(OTHER_RUN, TWO));
    assertThat(entries()).contains(new JournalEntry.Committed(OTHER_RUN, Optional.of(TWO)));
  }

  @Test
  void aReleaseWhoseActivationWasCutOffWaitsAgain() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    one(token, assemble(ONE, Shared.NONE, Map.of()), seal(ONE, false), new HostOp.Publish(ONE));
    one(token, new HostOp.Unpublish(RUN, ONE), new HostOp.Unpublish(RUN, ONE));
    assertThat(host.facts(query()).staged()).containsExactly(ONE);
    assertThat(host.facts(query()).releases()).isEmpty();
    one(token, new HostOp.Publish(ONE), toLive(ONE));
    assertThat(first(token, new HostOp.Unpublish(RUN, ONE)).message()).contains("is live");
  }

  @Test
  void aReleaseOnItsWayIntoQuarantineStaysThere() throws Exception {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    one(token, assemble(ONE, Shared.NONE, Map.of()), seal(ONE, false), new HostOp.Publish(ONE));
    Files.move(root.resolve("releases/" + ONE), root.resolve(".cutover/failed/" + ONE));
    one(token, new HostOp.Unpublish(RUN, ONE));
    assertThat(HostHistory.of(host.facts(query()).journal()).state(ONE))
        .contains(ReleaseState.FAILED);
    assertThat(host.facts(query()).staged()).isEmpty();
  }
}
