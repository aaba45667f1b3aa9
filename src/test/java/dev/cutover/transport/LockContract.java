package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cutover.domain.Goal;
import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.Shared;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.host.TestPayload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose the host is: the lock, its holder, its fence, and what a journal survives. */
abstract class LockContract extends HostBench {

  private static final String JOURNAL = ".cutover/journal";

  @Test
  void factsOfARootThatIsNotThereChangeNothing() {
    var facts = host.facts(query());
    assertThat(facts.layout()).isEqualTo(layout);
    assertThat(facts.missingTools()).isEmpty();
    assertThat(facts.current()).isEqualTo(new Current.Absent());
    assertThat(facts.user()).isEqualTo(user());
    assertThat(facts.freeBytes()).isPositive();
    assertThat(facts.freeInodes()).isPositive();
    assertThat(facts.sameFileSystem()).isTrue();
    assertThat(facts.writable()).isTrue();
    assertThat(facts.lock()).isEmpty();
    assertThat(facts.journal()).isEqualTo(Journal.EMPTY);
    assertThat(files.tree()).isEmpty();
  }

  @Test
  void aLockEndsWithTheStartOfTheMachineItWasTakenIn() throws Exception {
    LockToken token = lock();
    String boot = ".cutover/boot";
    assumeThat(files.text(boot)).as("what tells a start from another").isNotBlank();
    files.write(boot, "an earlier start\n");
    assertThat(first(token, new HostOp.Unlock()).status()).isEqualTo(OpResult.FENCED);

    assertThat(lock()).as("asked for again, nothing being done yet").isEqualTo(token);
    assertThat(first(token, new HostOp.Unlock()).status()).isZero();
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
  void aRunThatKnowsOneDirectoryByTwoNamesIsTold() {
    LockToken token = lock();
    List<String> before = files.tree();
    var twin = host.lock(request(RUN, "file:///b b"), query());
    assertThat(twin)
        .isInstanceOfSatisfying(
            LockReply.Twin.class, reply -> assertThat(reply.target()).isEqualTo("file:///a"));
    assertThat(files.tree()).isEqualTo(before);
    assertThat(lock()).as("asked for by the same name again").isEqualTo(token);
    assertThat(host.facts(query()).place().is(twin.facts().place())).isTrue();

    one(token, new HostOp.Unlock());
    assertThat(host.lock(request(OTHER_RUN, "file:///b b"), query()))
        .as("another run, by another name")
        .isInstanceOf(LockReply.Granted.class);
  }

  @Test
  void theStateIsOursAlone() {
    lock();
    for (String name : List.of(".cutover", ".cutover/staging", ".cutover/logs")) {
      assertThat(files.mode(name)).isEqualTo("rwx------");
    }
    assertThat(files.mode(".cutover/journal")).isEqualTo("rw-------");
    assertThat(files.mode("releases")).isEqualTo("rwxr-xr-x");
    assertThat(files.size(".cutover/reserve")).isEqualTo(256 * 1024);
  }

  @Test
  void aRealDirectoryAtCurrentIsRefusedUntouched() {
    files.mkdirs("current");
    assertThatThrownBy(this::lock)
        .isInstanceOf(HostRefusedException.class)
        .hasMessageContaining("is not a link");
    assertThat(files.tree()).containsExactly("current");
  }

  @Test
  void aRelativeCurrentIsMadeAbsoluteInTheFirstRecord() {
    files.mkdirs("releases/7");
    files.symlink("current", "./releases//7");
    lock();
    assertThat(entries().get(0))
        .isEqualTo(
            new JournalEntry.RunStarted(
                RUN,
                Goal.RELEASE,
                "me@here",
                Optional.of(layout.release(new ReleaseId("7"))),
                List.of("file:///a", "file:///b b"),
                true));
    assertThat(host.facts(query()).releases()).containsExactly(new ReleaseId("7"));
  }

  @Test
  void withoutTheLockNothingChanges() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    one(token, assemble(ONE, Shared.NONE, Map.of()), seal(ONE, false));
    assertThat(host.breakLock(layout, token.text()).status()).isZero();
    assertThat(host.breakLock(layout, token.text()).status()).isEqualTo(96);
    LockToken next = lock(OTHER_RUN);
    assertThat(next.seq()).isEqualTo(token.seq() + 2);
    List<String> before = files.tree();
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
    assertThat(files.tree()).isEqualTo(before);
  }

  @Test
  void aTornRecordIsPassedOver() {
    LockToken token = lock();
    String whole = files.text(JOURNAL);
    files.write(JOURNAL, whole.substring(0, whole.length() - 9));
    assertThat(entries()).isEmpty();
    JournalEntry end = new JournalEntry.RunEnded(RUN, Outcome.RELEASED);
    one(token, new HostOp.Append(end));
    assertThat(entries()).containsExactly(end);
  }

  @Test
  void aRecordThatWasWrittenTwiceCountsOnce() {
    LockToken token = lock();
    JournalEntry began = new JournalEntry.StepBegan(RUN, "hook");
    one(token, new HostOp.Append(began), new HostOp.Append(began));
    assertThat(entries()).hasSize(2).endsWith(began);
    JournalEntry undone = new JournalEntry.StepUndone(RUN, "hook");
    one(token, new HostOp.Append(undone), new HostOp.Append(began));
    assertThat(entries()).endsWith(began, undone, began);
  }

  @Test
  void aLongJournalIsRewritten() {
    LockToken token = lock();
    one(token, new HostOp.Unlock());
    files.append(JOURNAL, "x".repeat(1 << 20));
    token = lock(OTHER_RUN);
    assertThat(files.size(JOURNAL)).isLessThan(1000);
    assertThat(entries()).hasSize(2);
    one(token, new HostOp.Unlock());
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
      assertThat(host.facts(query()).beat()).isPresent();
    }
    await(() -> !host.facts(query()).holderAlive());
    holder.close();
  }

  @Test
  void aHolderThatLostTheLockDoesNotStandInForTheNextOne() throws Exception {
    LockToken token = lock();
    try (Host silent = another();
        Host next = another();
        Host.Lease old = silent.hold(layout, token)) {
      await(() -> host.facts(query()).holderAlive());
      assertThat(host.breakLock(layout, token.text()).ok()).isTrue();
      LockToken taken = lock(OTHER_RUN);
      assertThat(old.held()).isTrue();
      assertThat(host.facts(query()).holderAlive()).isFalse();
      try (Host.Lease late = silent.hold(layout, token)) {
        await(() -> !late.held());
      }
      assertThat(host.facts(query()).holderAlive()).isFalse();
      try (Host.Lease lease = next.hold(layout, taken)) {
        await(() -> host.facts(query()).holderAlive());
        assertThat(lease.held()).isTrue();
      }
    }
  }

  @Test
  void aHolderThatStandsAfterItsLockWasGivenBackDoesNotKeepTheNextOneWaiting() throws Exception {
    LockToken token = lock();
    try (Host silent = another();
        Host next = another();
        Host.Lease old = silent.hold(layout, token)) {
      await(() -> host.facts(query()).holderAlive());
      assertThat(host.perform(layout, token, List.of(new HostOp.Unlock()), OpListener.SILENT))
          .allMatch(OpResult::ok);
      assertThat(old.held()).isTrue();
      LockToken taken = lock(OTHER_RUN);
      try (Host.Lease lease = next.hold(layout, taken)) {
        await(() -> host.facts(query()).holderAlive());
        assertThat(lease.held()).isTrue();
      }
    }
  }

  @Test
  void commandsOfAnEarlierRunAreEndedAndItsMigrationIsWaitedFor() throws Exception {
    LockToken first = lock();
    start(first, run("restart", "echo >started-1; sleep 60 & sleep 60"));
    start(first, run("migration-db-up", "echo >started-2; sleep 12; echo applied; exit 5"));
    await(() -> files.exists("started-1") && files.exists("started-2"));
    assertThat(host.breakLock(layout, first.text()).ok()).isTrue();
    LockToken second = lock(OTHER_RUN);

    HostOp.Await restart = new HostOp.Await(first.seq(), "restart", RUN, 20);
    HostOp.Await migration = new HostOp.Await(first.seq(), "migration-db-up", RUN, 20);
    OpResult orphans = first(second, new HostOp.Orphans());
    assertThat(orphans.message()).isEmpty();
    assertThat(orphans.values()).containsEntry(migration.key(), "running");
    assertThat(orphans.value(restart.key())).startsWith("ended ");
    OpResult awaited = first(second, migration);
    assertThat(awaited.status()).isEqualTo(5);
    assertThat(awaited.value("exit")).isEqualTo("5");
    assertThat(first(second, new HostOp.Orphans()).values())
        .containsEntry(migration.key(), "ended 5");
    assertThat(first(first, new HostOp.Orphans()).status()).isEqualTo(OpResult.FENCED);
  }

  @Test
  void aStatusThatAPowerCutHasEmptiedIsNone() throws Exception {
    LockToken first = lock();
    one(first, run("warm-up", ":"));
    String status = ".cutover/runs/" + first.seq() + "/warm-up@" + RUN + "/status";
    assertThat(files.exists(status)).isTrue();
    host.breakLock(layout, first.text());
    LockToken second = lock(OTHER_RUN);
    for (String left : List.of("", "   ")) {
      files.write(status, left);
      assertThat(first(second, new HostOp.Orphans()).values())
          .containsEntry(new HostOp.Await(first.seq(), "warm-up", RUN, 1).key(), "gone");
    }
  }

  @Test
  void aCommandThatHasNotBegunNeverWill() throws Exception {
    LockToken first = lock();
    one(first, run("warm-up", ":"));
    String written = ".cutover/runs/1/late@" + RUN;
    files.mkdirs(written);
    files.write(written + "/go", "echo >ran");
    host.breakLock(layout, first.text());
    LockToken second = lock(OTHER_RUN);
    assertThat(first(second, new HostOp.Orphans()).values())
        .containsEntry(new HostOp.Await(1, "late", RUN, 1).key(), "unstarted");
    assertThat(files.exists(written + "/taken")).isTrue();
    assertThat(files.tree()).noneMatch(path -> path.endsWith("ran"));
  }
}
