package dev.cutover.transport.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.app.Deployments;
import dev.cutover.app.Production;
import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.HostFacts.Current;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.Requests;
import dev.cutover.testkit.time.Pause;
import dev.cutover.transport.Connection;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.ScriptedHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of a run on a host where something is locked late, or not at all. */
@Execution(ExecutionMode.CONCURRENT)
class HoldingTest {

  private static final String RUN = "00000000000000a1";
  private static final String OTHER_RUN = "00000000000000b2";

  private final Path temp;
  private final Path root;
  private final Target target;

  HoldingTest(@TempDir Path temp) throws IOException {
    this.temp = temp.toRealPath();
    root = this.temp.resolve("root");
    target = Requests.target(root);
  }

  /** A connection whose flock does something else before, or instead. */
  private LocalConnection flock(String text) throws IOException {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Path flock = bin.resolve("flock");
    String path = System.getenv("PATH");
    Files.writeString(flock, "#!/bin/sh\n" + text + "\nPATH='" + path + "' exec flock \"$@\"\n");
    Files.setPosixFilePermissions(flock, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new LocalConnection(List.of("/bin/sh"), Map.of("PATH", bin + ":" + path));
  }

  @Test
  void withoutAHolderNothingIsBegunAndTheRunSaysSo() throws IOException {
    LocalConnection connection =
        flock("case $* in *' 8') echo 'flock: no locks available' >&2; exit 65 ;; esac");
    Deployments deployments =
        Production.deployments(
            any -> new ScriptedHost(target, connection), event -> {}, Clients.OWNER);
    ExampleApp app = new ExampleApp(target, temp);
    OutcomeReport report = deployments.release(app.request("one"));
    assertThat(report.success()).isFalse();
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened())
        .contains("its holder could not start there", "no locks available", "alive");
    assertThat(root.resolve("current")).doesNotExist();
    assertThat(root.resolve("restarts")).doesNotExist();
    assertThat(root.resolve(".cutover/lock")).doesNotExist();
  }

  @Test
  void theWatchdogWaitsForAScriptThatIsAtWork() throws IOException {
    Path busy = temp.resolve("busy");
    Path tried = temp.resolve("tried");
    LocalConnection connection =
        flock(
            "case $* in *' 9') [ ! -e '"
                + busy
                + "' ] || { echo >>'"
                + tried
                + "'; exit 1; } ;; esac");
    try (Host host = new ScriptedHost(target, connection)) {
      LockReply.Granted lock = lock(host, RUN);
      Layout layout = lock.facts().layout();
      RemotePath old = layout.release(new ReleaseId("20260101000001"));
      RemotePath young = layout.release(new ReleaseId("20260101000002"));
      Files.createDirectories(Path.of(old.value()));
      Files.createDirectories(Path.of(young.value()));
      perform(host, lock, new HostOp.Switch(RUN, old, Optional.empty(), Optional.empty()));
      perform(
          host,
          lock,
          new HostOp.Arm(RUN, young, Optional.of(old), Optional.empty(), 5),
          new HostOp.Switch(RUN, young, Optional.empty(), Optional.empty()));
      Files.createFile(busy);
      await(() -> Files.exists(tried) && Files.readAllLines(tried).size() > 1);
      assertThat(host.facts(query()).current()).isEqualTo(new Current.Live(young));
      Files.delete(busy);
      await(() -> host.facts(query()).current().equals(new Current.Live(old)));
    }
  }

  @Test
  void aWatchdogWhoseRunWasTakenOverWhileItWaitedDoesNothing() throws IOException {
    Path busy = temp.resolve("busy");
    Path tried = temp.resolve("tried");
    try (Host host = new ScriptedHost(target, waiting(" 9", busy, tried));
        Host other = new ScriptedHost(target, new LocalConnection())) {
      LockReply.Granted lock = lock(host, RUN);
      Layout layout = lock.facts().layout();
      RemotePath young = layout.release(new ReleaseId("20260101000002"));
      Files.createDirectories(Path.of(young.value()));
      HostOp arm = new HostOp.Arm(RUN, young, Optional.empty(), Optional.empty(), 5);
      HostOp flip = new HostOp.Switch(RUN, young, Optional.empty(), Optional.empty());
      perform(host, lock, arm, flip);
      Files.createFile(busy);
      await(() -> Files.exists(tried));
      assertThat(other.breakLock(layout, lock.token().text()).ok()).isTrue();
      LockReply.Granted next = lock(other, OTHER_RUN);
      String journal = Files.readString(root.resolve(".cutover/journal"));
      Files.delete(busy);
      await(() -> Files.readAllLines(tried).size() == 2);
      for (int i = 0; i < 20; i++) {
        Pause.millis(50);
        assertThat(other.facts(query()).lock()).contains(next.token().text());
      }
      assertThat(root.resolve(".cutover/journal")).hasContent(journal);
      assertThat(other.facts(query()).current()).isEqualTo(new Current.Live(young));
    }
  }

  @Test
  void aHolderWhoseRunWasTakenOverWhileItWaitedNeverStands() throws IOException {
    Path busy = Files.createFile(temp.resolve("busy"));
    Path tried = temp.resolve("tried");
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    Connection slow = new Overheard(waiting(" 8", busy, tried), script -> {}, said::add);
    try (Host host = new ScriptedHost(target, slow);
        Host other = new ScriptedHost(target, new LocalConnection())) {
      LockReply.Granted lock = lock(host, RUN);
      Layout layout = lock.facts().layout();
      try (Host.Lease lease = host.hold(layout, lock.token())) {
        await(() -> Files.exists(tried));
        assertThat(other.breakLock(layout, lock.token().text()).ok()).isTrue();
        lock(other, OTHER_RUN);
        Files.delete(busy);
        await(() -> !lease.held() || said.stream().anyMatch(line -> line.endsWith(" ready")));
        assertThat(said).noneMatch(line -> line.endsWith(" ready"));
        assertThat(lease.refused()).as("the fence tells").isEmpty();
      }
    }
  }

  @Test
  void aJournalThatHasGrownSinceItWasReadIsNotReplaced() throws IOException {
    Path journal = root.resolve(".cutover/journal");
    List<String> late = new ArrayList<>();
    Connection meddled =
        new Overheard(
            new LocalConnection(),
            script -> {
              if (script.contains("op_checkpoint()")) {
                late.add("late");
                append(journal, "\nlate");
              }
            },
            line -> {});
    try (Host host = new ScriptedHost(target, meddled)) {
      LockReply.Granted first = lock(host, RUN);
      perform(host, first, new HostOp.Unlock());
      append(journal, "x".repeat(1 << 20));
      lock(host, OTHER_RUN);
    }
    assertThat(late).hasSize(1);
    assertThat(Files.readString(journal)).endsWith("\nlate");
  }

  /** What a power cut may leave: it has other bytes than what is read of it. */
  @Test
  void aJournalWithBytesThatAreNoTextIsRewrittenAllTheSame() throws IOException {
    Path journal = root.resolve(".cutover/journal");
    try (Host host = new ScriptedHost(target, new LocalConnection())) {
      perform(host, lock(host, RUN), new HostOp.Unlock());
      byte[] torn = new byte[1 << 20];
      Arrays.fill(torn, (byte) 0xe3);
      append(journal, torn);
      LockReply.Granted next = lock(host, OTHER_RUN);
      assertThat(journal).content().contains(RUN, OTHER_RUN).hasSizeLessThan(2000);
      assertThat(host.facts(query()).journal()).isEqualTo(next.facts().journal());
    }
  }

  private static void append(Path file, String text) {
    append(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void append(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection whose flock of a descriptor waits as long as {@code busy} is there. */
  private Connection waiting(String descriptor, Path busy, Path tried) throws IOException {
    return flock(
        ("case $* in *'%1$s') [ ! -e '%2$s' ] || { echo begun >>'%3$s';"
                + " while [ -e '%2$s' ]; do sleep 0.05; done; echo done >>'%3$s'; } ;; esac")
            .formatted(descriptor, busy, tried));
  }

  private FactsQuery query() {
    return new FactsQuery(target.root(), Shared.NONE);
  }

  private LockReply.Granted lock(Host host, String run) {
    LockRequest request =
        new LockRequest(run, "me@here", Goal.RELEASE, List.of(target.url()), target.url());
    return (LockReply.Granted) host.lock(request, query());
  }

  private static void perform(Host host, LockReply.Granted lock, HostOp... ops) {
    LockToken token = lock.token();
    assertThat(host.perform(lock.facts().layout(), token, List.of(ops), OpListener.SILENT))
        .allMatch(result -> result.ok());
  }

  private interface Question {
    boolean yes() throws IOException;
  }

  private static void await(Question question) throws IOException {
    for (int i = 0; i < 600 && !question.yes(); i++) {
      Pause.millis(50);
    }
    assertThat(question.yes()).isTrue();
  }
}
