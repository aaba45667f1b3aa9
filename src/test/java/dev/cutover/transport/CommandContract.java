package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.testkit.host.TestPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    OpResult result = first(token, new HostOp.Run(command, RUN));
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
  void theWatchdogPutsBackWhatWasLiveWhenItsRunFallsSilent() throws Exception {
    release(ONE, new TestPayload().with("a", "1"));
    release(TWO, new TestPayload().with("a", "2"));
    LockToken token = lock(OTHER_RUN);
    Path restarted = scratch.resolve("restarted");
    one(token, armed("echo >'" + restarted + "'", 3), toLive(ONE));
    await(() -> Files.exists(restarted));
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
    Path restarted = scratch.resolve("restarted");
    one(token, armed("echo >'" + restarted + "'", 3), toLive(ONE));
    one(token, new HostOp.Commit(OTHER_RUN, ONE));
    Thread.sleep(4500);
    one(token, new HostOp.Unlock());
    LockToken next = lock("00000000000000c3");
    one(next, armed("echo >'" + restarted + "'", 3), toLive(TWO), new HostOp.Disarm());
    Thread.sleep(4500);
    one(next, new HostOp.Unlock());
    assertThat(restarted).doesNotExist();
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
