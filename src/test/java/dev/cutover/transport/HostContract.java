package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Shared;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.testkit.host.TestPayload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the host scripts promise: every host keeps it, a real one over whatever connection and one
 * in memory. What only a real one can be asked stands in {@link RealHostContract}.
 */
abstract class HostContract extends CommandContract {

  @Test
  void eachOperationMayBeRepeatedAfterALostReply() {
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
    assertThat(files.lines("revisions.log")).containsExactly("line");

    HostOp.Prune prune = new HostOp.Prune(RUN, List.of(TWO));
    one(token, prune, prune);
    HostOp remove = new HostOp.RemoveCurrent(RUN, layout.release(ONE));
    one(token, remove, remove);
    assertThat(files.exists("current")).isFalse();
    assertThat(entries().stream().filter(JournalEntry.Switched.class::isInstance)).hasSize(2);
    HostOp quarantine = new HostOp.Quarantine(RUN, ONE, ReleaseState.REVERTED, "it's\tsick");
    one(token, quarantine, quarantine);
    assertThat(files.text(".cutover/failed/" + ONE + "/a")).isEqualTo("1");
    assertThat(files.list("releases")).isEmpty();
  }

  @Test
  void aSwitchToWhatIsNotExpectedIsRefused() {
    release(ONE, new TestPayload().with("a", "1"));
    LockToken token = lock();
    files.mkdirs("releases/x");
    OpResult result =
        first(
            token,
            new HostOp.Switch(
                RUN,
                layout.release(new ReleaseId("x")),
                Optional.of(layout.release(TWO)),
                Optional.empty()));
    assertThat(result.message()).contains("somebody else changed it");
    assertThat(files.readLink("current")).isEqualTo(layout.release(ONE).value());
    assertThat(files.text("current/a")).isEqualTo("1");
  }

  @Test
  void whatIsSharedIsNeverReachedThroughALink() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    files.mkdirs("shared/config");
    files.write("shared/config/app.conf", "precious");
    Shared nested = new Shared(List.of("config"), List.of("config/app.conf"));
    OpResult result = first(token, assemble(ONE, nested, Map.of()));
    assertThat(result.message()).contains("config/app.conf cannot be shared: config is a link");
    assertThat(files.isLink("shared/config/app.conf")).isFalse();
    assertThat(files.text("shared/config/app.conf")).isEqualTo("precious");
  }

  @Test
  void capistranosLeftoverLinkGoes() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    files.symlink("releases/current", "/nowhere");
    assertThat(host.facts(query()).leftoverCurrent()).isTrue();
    List<OpResult> results =
        one(token, assemble(ONE, Shared.NONE, Map.of()), seal(ONE, false), new HostOp.Publish(ONE));
    assertThat(results.get(2).value("note")).contains("releases/current, a leftover");
    assertThat(files.isLink("releases/current")).isFalse();
  }

  @Test
  void pruningLeavesWhatAProcessRunsFromAndFollowsNoLink() throws Exception {
    LockToken token = lock();
    for (ReleaseId id : List.of(ONE, TWO)) {
      upload(id, new TestPayload().with("a", "1"));
      one(token, assemble(id, Shared.NONE, Map.of()), seal(id, false), new HostOp.Publish(id));
    }
    files.mkdirs("shared/keep/me");
    files.symlink("releases/" + ONE + "/link", layout.shared().child("keep").value());
    try (AutoCloseable user = worksIn("releases/" + TWO)) {
      assertThat(user).isNotNull();
      OpResult result = first(token, new HostOp.Prune(RUN, List.of(ONE, TWO)));
      assertThat(result.ok()).isTrue();
      assertThat(result.value("in-use")).isEqualTo(TWO.value());
      assertThat(result.value("note")).contains("kept, for a process works there: " + TWO);
      assertThat(files.exists("releases/" + ONE)).isFalse();
      assertThat(files.isDirectory("releases/" + TWO)).isTrue();
      assertThat(files.isDirectory("shared/keep/me")).isTrue();
      assertThat(states()).endsWith("PRUNED");
    }
  }

  @Test
  void whatIsStagedIsPrunedAndMeasuredUnlessAProcessWorksThere() throws Exception {
    LockToken token = lock();
    for (ReleaseId id : List.of(ONE, TWO)) {
      upload(id, new TestPayload().with("a", "1".repeat(9_000)));
      one(token, assemble(id, Shared.NONE, Map.of()), seal(id, false));
    }
    try (AutoCloseable user = worksIn(".cutover/staging/" + TWO)) {
      assertThat(user).isNotNull();
      HostOp prune = new HostOp.Prune(RUN, List.of(ONE, TWO), true);
      OpResult result = first(token, prune);
      assertThat(result.ok()).isTrue();
      assertThat(result.value("gone")).isEqualTo(ONE.value());
      assertThat(Long.parseLong(result.value("freed"))).isBetween(9_000L, 900_000L);
      assertThat(result.value("in-use")).isEqualTo(TWO.value());
      assertThat(files.list(".cutover/staging")).containsExactly(TWO.value());
      assertThat(files.list(".cutover/manifests")).containsExactly(TWO.value());
      assertThat(states()).endsWith("PRUNED");
    }
  }

  @Test
  void twoFailedReleasesAreKept() {
    LockToken token = lock();
    for (int i = 1; i <= 3; i++) {
      ReleaseId id = new ReleaseId("2026010100000" + i);
      upload(id, new TestPayload().with("a", "1"));
      one(token, assemble(id, Shared.NONE, Map.of()));
      one(token, new HostOp.Quarantine(RUN, id, ReleaseState.FAILED, "why not"));
    }
    assertThat(files.list(".cutover/failed")).containsExactly("20260101000002", "20260101000003");
  }

  @Test
  void ofAReleaseThatDidNotFitNothingIsKept() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    HostOp discard = new HostOp.Quarantine(RUN, ONE, ReleaseState.FAILED, "no room", true);
    one(token, assemble(ONE, Shared.NONE, Map.of()), discard, discard);
    for (String directory : List.of("failed", "staging", "manifests")) {
      assertThat(files.list(".cutover/" + directory)).as(directory).isEmpty();
    }
    assertThat(states()).endsWith("FAILED");
  }

  @Test
  void aBackupIsKeptUnlessItIsEmptyAndOneThatFailedGoes() {
    LockToken token = lock();
    HostOp keep = backup(HostOp.Backup.Act.KEEP);
    String place = ".cutover/backups/" + ONE + "/db";
    one(token, backup(HostOp.Backup.Act.PREPARE));
    assertThat(first(token, keep).message()).contains("the backup left nothing at");
    files.write(place, "");
    assertThat(first(token, keep).message()).contains("the backup left only emptiness at");
    files.write(place, "dump");
    one(token, keep, keep, backup(HostOp.Backup.Act.PREPARE));
    assertThat(files.text(place)).isEqualTo("dump");
    assertThat(files.mode(place)).isEqualTo("rw-------");

    one(token, new HostOp.Backup(OTHER_RUN, ONE, "db", HostOp.Backup.Act.PREPARE));
    assertThat(files.exists(place)).as("what an earlier run has left").isFalse();
    files.write(place, "half");
    assertThat(first(token, backup(HostOp.Backup.Act.DROP)).value("full")).isEmpty();
    assertThat(files.list(".cutover/backups")).isEmpty();
  }

  private static HostOp backup(HostOp.Backup.Act act) {
    return new HostOp.Backup(RUN, ONE, "db", act);
  }

  @Test
  void whereTheHostCanWriteThereIsNothingToExplain() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    assertThat(first(token, new HostOp.Explain(ONE)).ok()).isTrue();
    assertThat(files.tree())
        .anyMatch(path -> path.startsWith(".cutover/staging/") && path.endsWith("/a"))
        .noneMatch(path -> path.startsWith(".cutover/staging/.try"));
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
    files.move("releases/" + ONE, ".cutover/failed/" + ONE);
    one(token, new HostOp.Unpublish(RUN, ONE));
    assertThat(HostHistory.of(host.facts(query()).journal()).state(ONE))
        .contains(ReleaseState.FAILED);
    assertThat(host.facts(query()).staged()).isEmpty();
  }
}
