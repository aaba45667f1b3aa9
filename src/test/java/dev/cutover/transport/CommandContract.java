package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Shared;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.testkit.host.TestPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How commands of users run, and the watchdog. */
abstract class CommandContract extends UploadContract {

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
            layout,
            token,
            List.of(new HostOp.Run(command, RUN), new HostOp.Unlock()),
            listener(output));
    assertThat(results).hasSize(1);
    assertThat(results.get(0).status()).isEqualTo(3);
    assertThat(output)
        .containsExactly("it's  $(id) `x` \"é\"", layout.root().value(), "err", "no newline");
    assertThat(files.text(".cutover/logs/" + ONE + ".log")).contains("no newline");
  }

  @Test
  void whereItsTreeIsGoneAnUndoHasNothingToDoAndNothingElseRuns() {
    LockToken token = lock();
    HostOp.CommandRun lost =
        new HostOp.CommandRun("hook", "exit 3", layout.staged(ONE), Map.of(), 20, Optional.empty());
    assertThat(first(token, new HostOp.Run(lost, RUN)).status()).isEqualTo(126);
    HostOp.CommandRun undo =
        new HostOp.CommandRun(
            "hook-undo", "exit 3", layout.staged(ONE), Map.of(), 20, Optional.empty());
    assertThat(first(token, new HostOp.Run(undo.undoing(), RUN)).status()).isZero();
    upload(ONE, new TestPayload().with("a", "1"));
    one(token, assemble(ONE, Shared.NONE, Map.of()));
    assertThat(
            first(
                    token,
                    new HostOp.Run(
                        new HostOp.CommandRun(
                                "again-undo",
                                "exit 3",
                                layout.staged(ONE),
                                Map.of(),
                                20,
                                Optional.empty())
                            .undoing(),
                        RUN))
                .status())
        .isEqualTo(3);
  }

  @Test
  void aCommandsOwnStatusIsNeverTakenForOneOfOurs() {
    LockToken token = lock();
    for (int status : List.of(1, 69, 70, 96, 97, 124, 126, 127, 137, 255)) {
      OpResult result = first(token, run("odd" + status, "exit " + status));
      assertThat(result.status()).isEqualTo(status);
      assertThat(result.value("exit")).isEqualTo(Integer.toString(status));
      assertThat(result.value("ended")).isEmpty();
      assertThat(result.message()).isEqualTo("exit status " + status);
    }
    one(token, new HostOp.Unlock());
  }

  @Test
  void aCommandOfANameRunsOnceInARun() {
    LockToken token = lock();
    one(token, run("count", "echo x >>count"));
    one(token, run("count", "echo x >>count"));
    assertThat(files.lines("count")).containsExactly("x");
  }

  @Test
  void aCommandThatTakesTooLongIsEndedAndNotRunAgain() {
    LockToken token = lock();
    HostOp.CommandRun command =
        new HostOp.CommandRun(
            "slow",
            "echo begun >>begun; sleep 60; echo done >done",
            layout.root(),
            Map.of(),
            1,
            Optional.empty());
    for (int i = 0; i < 2; i++) {
      OpResult result = first(token, new HostOp.Run(command, RUN));
      assertThat(result.status()).isEqualTo(OpResult.TIMED_OUT);
      assertThat(result.message()).contains("still running at its deadline");
      assertThat(result.value("ended")).isEqualTo("deadline");
    }
    assertThat(files.lines("begun")).containsExactly("begun");
    assertThat(files.exists("done")).isFalse();
  }

  @Test
  void aHealthCommandNeedsNoLock() {
    release(ONE, new TestPayload().with("a", "1"));
    List<String> output = new ArrayList<>();
    HostOp.CommandRun command =
        new HostOp.CommandRun(
            "check", "ls a; exit 4", layout.release(ONE), Map.of(), 5, Optional.empty());
    OpResult result = host.query(layout, new HostQuery.RunCheck(command), listener(output));
    assertThat(result.status()).isEqualTo(4);
    assertThat(output).containsExactly("a");
    assertThat(files.list(".cutover/runs")).isEmpty();
  }

  @Test
  void theWatchdogPutsBackWhatWasLiveWhenItsRunFallsSilent() throws Exception {
    release(ONE, new TestPayload().with("a", "1"));
    release(TWO, new TestPayload().with("a", "2"));
    LockToken token = lock(OTHER_RUN);
    one(token, armed("echo >restarted", 3), toLive(ONE));
    await(() -> files.exists("restarted"));
    await(() -> host.facts(query()).lock().isEmpty());
    assertThat(host.facts(query()).current()).isEqualTo(new Current.Live(layout.release(TWO)));
    assertThat(entries())
        .contains(new JournalEntry.WatchdogActed(OTHER_RUN))
        .endsWith(
            new JournalEntry.Switched(
                OTHER_RUN, Optional.of(layout.release(ONE)), Optional.of(layout.release(TWO))));
    assertThat(first(token, new HostOp.Commit(OTHER_RUN, ONE)).status()).isEqualTo(OpResult.FENCED);
    assertThat(lock("00000000000000c3").seq()).isGreaterThan(token.seq() + 1);
  }

  @Test
  void theWatchdogLetsADecisionStandAndADisarmedOneDoesNothing() throws Exception {
    release(ONE, new TestPayload().with("a", "1"));
    release(TWO, new TestPayload().with("a", "2"));
    LockToken token = lock(OTHER_RUN);
    one(token, armed("echo >restarted", 12), toLive(ONE));
    one(token, new HostOp.Commit(OTHER_RUN, ONE));
    pass(Duration.ofMillis(13500));
    one(token, new HostOp.Unlock());
    LockToken next = lock("00000000000000c3");
    one(next, armed("echo >restarted", 12), toLive(TWO), new HostOp.Disarm());
    pass(Duration.ofMillis(13500));
    one(next, new HostOp.Unlock());
    assertThat(files.exists("restarted")).isFalse();
    assertThat(host.facts(query()).current()).isEqualTo(new Current.Live(layout.release(TWO)));
  }

  private HostOp armed(String restart, long grace) {
    return new HostOp.Arm(
        OTHER_RUN,
        layout.release(ONE),
        Optional.of(layout.release(TWO)),
        Optional.of(((HostOp.Run) run("restart-back", restart)).command()),
        grace);
  }
}
