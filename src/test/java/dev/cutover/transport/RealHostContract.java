package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.error.HostRefusedException;
import dev.cutover.testkit.Processes;
import dev.cutover.testkit.host.DirectoryView;
import dev.cutover.testkit.host.HostView;
import dev.cutover.testkit.host.TestPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract of a real host, over some connection to this machine. What stands only here is about
 * what a host in memory has not got: processes that go on or hold files, a reader that looks while
 * something happens, and what lies around the root.
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class RealHostContract extends HostContract {

  @TempDir Path scratch = Path.of("");

  Path root = Path.of("");

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

  @Override
  Layout place() throws IOException {
    root = Files.createDirectory(scratch.resolve("host")).toRealPath().resolve(ODD);
    return new Layout(new RemotePath(root.toString()));
  }

  @Override
  HostView view() {
    return new DirectoryView(root);
  }

  @Override
  Host another() throws Exception {
    return new ScriptedHost(
        new Target.Local(new Target.Root.Absolute(layout.root()), "file://" + root), connect());
  }

  @Override
  String user() {
    return System.getProperty("user.name");
  }

  @Override
  void pass(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  @Override
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

  @Override
  AutoCloseable worksIn(String directory) throws IOException {
    Process process =
        new ProcessBuilder("sleep", "60").directory(root.resolve(directory).toFile()).start();
    return process::destroy;
  }

  @AfterEach
  void nothingBrokeOutOfItsQuotes() {
    assertThat(Files.exists(Path.of("pwned"))).isFalse();
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
  void aFileWhereTheRootShouldBeIsNamedAndUntouched() throws IOException {
    Files.deleteIfExists(root);
    Files.writeString(root, "precious");
    assertThatThrownBy(this::lock)
        .isInstanceOf(HostRefusedException.class)
        .hasMessageContaining(root + " cannot be made")
        .hasMessageContaining("is no directory");
    assertThat(root).hasContent("precious");
  }

  @Test
  void aDaemonThatKeepsStdoutDoesNotHoldTheRunNorTheLocks() throws Exception {
    LockToken token = lock();
    long began = System.nanoTime();
    one(token, run("restart", "sleep 60 & echo $! >daemon; echo started"), new HostOp.Unlock());
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(40));
    long pid = Long.parseLong(Files.readString(root.resolve("daemon")).strip());
    assertThat(ProcessHandle.of(pid)).isPresent();
    assertThat(lock(OTHER_RUN).seq()).isEqualTo(2);
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void ofACommandWhoseLeaderIsGoneTheRestIsEnded() throws Exception {
    LockToken first = lock();
    String text = "trap '' TERM; sleep 300 & echo $! >child.new; mv child.new child; wait";
    start(
        first,
        new HostOp.Run(
            new HostOp.CommandRun("restart", text, layout.root(), Map.of(), 300, Optional.empty()),
            RUN));
    await(() -> files.exists("child"));
    long child = number("child");
    String directory = ".cutover/runs/" + first.seq() + "/restart@" + RUN + "/";
    for (String name : List.of("supervisor.pid", "pid")) {
      ProcessHandle.of(number(directory + name)).ifPresent(ProcessHandle::destroyForcibly);
    }
    await(() -> ProcessHandle.of(number(directory + "pid")).isEmpty());
    host.breakLock(layout, first.text());
    assertThat(orphan(first)).isEqualTo("gone");
    await(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    // What has ended it may still write down that it did, where the files are about to go.
    Processes.left(root);
  }

  @Test
  void aGroupThatIsNotProvenToBeACommandsIsLeftAlone() throws Exception {
    LockToken first = lock();
    one(first, run("restart", ":"));
    String directory = ".cutover/runs/" + first.seq() + "/restart@" + RUN + "/";
    await(() -> files.exists(directory + "status"));
    String own = files.text(directory + "pid");
    assumeThat(own).as("what tells when it began").contains(") ");
    assertThat(own).contains(" boot=");
    files.delete(directory + "status");
    host.breakLock(layout, first.text());

    Process leader = new ProcessBuilder("setsid", "sleep", "60").start();
    Process fork = new ProcessBuilder("setsid", "sh", "-c", "sleep 60 >&2 & echo $!").start();
    long left = Long.parseLong(fork.inputReader().readLine());
    fork.waitFor();
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(leader.pid()), "stat")).strip();
      String boot = own.replaceFirst("(?s).* (boot=\\S+) .*", "$1");
      files.write(directory + "pid", leader.pid() + " boot=another " + stat);
      assertThat(orphan(first)).as("of another start of the machine").isEqualTo("gone");
      files.write(directory + "pid", leader.pid() + " " + boot + " " + begunAtOnce(stat));
      assertThat(orphan(first)).as("begun at another time").isEqualTo("gone");
      files.write(directory + "pid", leader.pid() + " " + boot);
      assertThat(orphan(first)).as("begun nobody knows when").isEqualTo("unknown " + leader.pid());
      files.write(directory + "pid", fork.pid() + " " + boot + " " + stat);
      assertThat(orphan(first)).as("without its leader").isEqualTo("unknown " + fork.pid());

      // As earlier versions wrote it, before the machine was started again.
      files.write(directory + "pid", leader.pid() + " " + stat);
      files.write(".cutover/boot", "an earlier start\n");
      assertThat(orphan(first)).as("from before the start").isEqualTo("gone");
      assertThat(leader.isAlive()).isTrue();
      assertThat(ProcessHandle.of(left)).isPresent();
    } finally {
      leader.destroy();
      ProcessHandle.of(left).ifPresent(ProcessHandle::destroy);
    }
  }

  /** What tells of a process, with another time at which it began. */
  private static String begunAtOnce(String stat) {
    int name = stat.lastIndexOf(')') + 2;
    String[] fields = stat.substring(name).split(" ");
    fields[19] = "1";
    return stat.substring(0, name) + String.join(" ", fields);
  }

  /** What a run that comes later is told of the restart of one that is gone. */
  private String orphan(LockToken gone) {
    LockToken token = lock(OTHER_RUN);
    OpResult result = first(token, new HostOp.Orphans());
    return result.value(new HostOp.Await(gone.seq(), "restart", RUN, 1).key());
  }

  private long number(String file) {
    return Long.parseLong(files.text(file).strip().split(" ", 2)[0]);
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
    assertThat(result.took()).isLessThan(Duration.ofSeconds(40));
    long pid = Long.parseLong(Files.readString(root.resolve("child")).strip());
    await(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }
}
