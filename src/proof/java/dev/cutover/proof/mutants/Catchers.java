package dev.cutover.proof.mutants;

import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.error.CutoverException;
import dev.cutover.proof.Patched;
import dev.cutover.proof.Picture;
import dev.cutover.proof.ScratchRoot;
import dev.cutover.proof.strace.StraceCheck;
import dev.cutover.testkit.time.Pause;
import dev.cutover.transport.Connection;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** What the scripts promise, each asked in the smallest way that tells. */
final class Catchers {

  private Catchers() {}

  static List<String> aStaleTokenChangesNothing(Path work, UnaryOperator<String> patch)
      throws IOException {
    ScratchRoot stage = StraceCheck.stage(work);
    stage.live(ScratchRoot.ONE);
    stage.published(ScratchRoot.TWO);
    LockToken stale = stage.token();
    try (Host host = stage.host()) {
      host.breakLock(stage.layout(), stale.text());
    }
    stage.lock(ScratchRoot.OTHER_RUN);
    Picture before = Picture.of(stage.directory());
    OpResult result = perform(stage, patch, stale, stage.toLive(ScratchRoot.TWO));
    List<String> problems = before.differs(Picture.of(stage.directory()));
    if (result.status() != OpResult.FENCED) {
      problems.add("status " + result.status());
    }
    return problems;
  }

  /** One acts slowly, another takes over meanwhile: from then on the first changes nothing. */
  static List<String> nobodyActsAfterATakeover(Path work, UnaryOperator<String> patch)
      throws IOException {
    ScratchRoot stage = StraceCheck.stage(work);
    stage.live(ScratchRoot.ONE);
    stage.published(ScratchRoot.TWO);
    LockToken token = stage.token();
    Connection slow = StraceCheck.slow("renameat2", stage.root().resolve("current"), work);
    CompletableFuture<OpResult> first =
        CompletableFuture.supplyAsync(
            () -> perform(stage, slow, patch, token, stage.toLive(ScratchRoot.TWO)));
    awaitExists(stage.state(""), "current.");
    try (Host host = stage.host(patched(new LocalConnection(), patch))) {
      host.breakLock(stage.layout(), token.text());
      host.lock(ScratchRoot.request(ScratchRoot.OTHER_RUN), stage.query());
    }
    Picture taken = Picture.of(stage.directory());
    first.join();
    return taken.differs(Picture.of(stage.directory()));
  }

  static List<String> oneOfTwoGetsTheLock(Path work, UnaryOperator<String> patch)
      throws IOException {
    ScratchRoot stage = StraceCheck.stage(work);
    stage.live(ScratchRoot.ONE);
    stage.perform(new HostOp.Unlock());
    Connection slow = StraceCheck.slow("symlinkat", stage.state("lock"), work);
    Path seq = stage.state("seq");
    String before = Files.readString(seq);
    CompletableFuture<Boolean> first =
        CompletableFuture.supplyAsync(() -> granted(stage, slow, patch, ScratchRoot.RUN));
    while (!first.isDone() && Files.readString(seq).equals(before)) {
      Pause.millis(10);
    }
    boolean second = granted(stage, new LocalConnection(), patch, ScratchRoot.OTHER_RUN);
    return first.join() && second ? List.of("both got the lock") : List.of();
  }

  static List<String> pruningTakesWhatItWasTold(Path work, UnaryOperator<String> patch)
      throws IOException {
    ScratchRoot stage = StraceCheck.stage(work);
    for (ReleaseId id : List.of(ScratchRoot.ONE, ScratchRoot.TWO, ScratchRoot.THREE)) {
      stage.published(id);
    }
    stage.perform(stage.toLive(ScratchRoot.ONE));
    perform(
        stage, patch, stage.token(), new HostOp.Prune(ScratchRoot.RUN, List.of(ScratchRoot.TWO)));
    List<String> problems = new ArrayList<>();
    for (ReleaseId id : List.of(ScratchRoot.ONE, ScratchRoot.TWO, ScratchRoot.THREE)) {
      boolean there = Files.isDirectory(stage.root().resolve("releases/" + id));
      if (there == id.equals(ScratchRoot.TWO)) {
        problems.add(id + (there ? " is still there" : " is gone"));
      }
    }
    return problems;
  }

  static List<String> aRecordAfterATornOneIsRead(Path work, UnaryOperator<String> patch)
      throws IOException {
    ScratchRoot stage = StraceCheck.stage(work);
    stage.lock(ScratchRoot.RUN);
    Path journal = stage.state("journal");
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(whole, whole.length - 9));
    HostOp.Append good = (HostOp.Append) ScratchRoot.good(ScratchRoot.ONE);
    perform(stage, patch, stage.token(), good);
    return Picture.told(Picture.journal(journal)).contains(good.entry())
        ? List.of()
        : List.of("the record is lost");
  }

  static List<String> aDamagedUploadIsRefused(Path work, UnaryOperator<String> patch)
      throws IOException {
    ScratchRoot stage = StraceCheck.stage(work);
    stage.uploaded(ScratchRoot.ONE);
    try (var uploaded = Files.walk(stage.state("staging"))) {
      Path file = uploaded.filter(path -> path.endsWith("app.txt")).findFirst().orElseThrow();
      Files.writeString(file, "damaged");
    }
    OpResult result = perform(stage, patch, stage.token(), ScratchRoot.assemble(ScratchRoot.ONE));
    return result.ok() ? List.of("it was taken") : List.of();
  }

  static List<String> theLiveReleaseStays(Path work, UnaryOperator<String> patch)
      throws IOException {
    ScratchRoot stage = StraceCheck.stage(work);
    stage.live(ScratchRoot.ONE);
    perform(
        stage,
        patch,
        stage.token(),
        new HostOp.Quarantine(ScratchRoot.RUN, ScratchRoot.ONE, ReleaseState.FAILED, ""));
    return Files.exists(stage.root().resolve("current/app.txt"))
        ? List.of()
        : List.of("current leads nowhere");
  }

  static List<String> aCommandRunsOnce(Path work, UnaryOperator<String> patch) throws IOException {
    ScratchRoot stage = StraceCheck.stage(work);
    stage.lock(ScratchRoot.RUN);
    HostOp run = stage.counting();
    perform(stage, patch, stage.token(), run);
    perform(stage, patch, stage.token(), run);
    // A second one would not be waited for.
    for (int i = 0; i < 20; i++) {
      Pause.millis(10);
    }
    String count = Files.readString(stage.root().resolve("count"));
    return count.equals("x\n") ? List.of() : List.of("it ran " + count.lines().count() + " times");
  }

  // ---- parts

  private static OpResult perform(
      ScratchRoot stage, UnaryOperator<String> patch, LockToken token, HostOp op) {
    return perform(stage, new LocalConnection(), patch, token, op);
  }

  private static OpResult perform(
      ScratchRoot stage,
      Connection connection,
      UnaryOperator<String> patch,
      LockToken token,
      HostOp op) {
    try (Host host = stage.host(patched(connection, patch))) {
      return host.perform(stage.layout(), token, List.of(op), OpListener.SILENT).get(0);
    }
  }

  private static boolean granted(
      ScratchRoot stage, Connection connection, UnaryOperator<String> patch, String run) {
    try (Host host = stage.host(patched(connection, patch))) {
      return host.lock(ScratchRoot.request(run), stage.query()) instanceof LockReply.Granted;
    } catch (CutoverException e) {
      return false;
    }
  }

  private static Connection patched(Connection connection, UnaryOperator<String> patch) {
    return new Patched(connection, patch, Optional.empty());
  }

  private static void awaitExists(Path directory, String start) throws IOException {
    for (int i = 0; i < 6000; i++) {
      try (var files = Files.list(directory)) {
        if (files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith(start))) {
          return;
        }
      }
      Pause.millis(10);
    }
    throw new IllegalStateException("nothing came to pass in " + directory);
  }
}
