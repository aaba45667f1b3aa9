package dev.cutover.proof.strace;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.proof.ScratchRoot;
import dev.cutover.testkit.host.TestPayload;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One operation from one state of a host.
 *
 * @param prepare makes the state
 * @param act performs the operation, and tells whether its success was reported
 */
record OpCase(String name, Preparation prepare, Act act) {

  private static final String RUN = "run";

  /** Whether it may end in that nobody knows, and must never be done twice. */
  boolean once() {
    return name.equals(RUN);
  }

  @FunctionalInterface
  interface Preparation {
    void on(ScratchRoot stage) throws IOException;
  }

  @FunctionalInterface
  interface Act {
    boolean on(ScratchRoot stage, Host host);
  }

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    cases.add(new OpCase("lock, the first", stage -> {}, OpCase::lock));
    cases.add(
        new OpCase(
            "lock, of a host with a history", stage -> stage.past(ScratchRoot.ONE), OpCase::lock));
    cases.add(
        new OpCase(
            "lock, with a checkpoint of a long journal",
            stage -> {
              stage.past(ScratchRoot.ONE);
              Files.writeString(
                  stage.state("journal"),
                  "x".repeat(1 << 20),
                  StandardCharsets.UTF_8,
                  StandardOpenOption.APPEND);
            },
            OpCase::lock));
    cases.add(
        new OpCase(
            "breaklock",
            stage -> stage.lock(ScratchRoot.OTHER_RUN),
            (stage, host) -> {
              int status = host.breakLock(stage.layout(), stage.token().text()).status();
              // 96: it is another's, as after a reply that was lost.
              return status == 0 || (status == 96 && !Files.isSymbolicLink(stage.state("lock")));
            }));
    cases.add(
        op(
            "append",
            ScratchRoot.ONE,
            ScratchRoot::live,
            stage -> ScratchRoot.good(ScratchRoot.ONE)));
    cases.add(
        new OpCase(
            "upload, as one stream, and assemble",
            stage -> {
              stage.past(ScratchRoot.ONE);
              stage.lock(ScratchRoot.RUN);
            },
            (stage, host) -> {
              // An upload whose end was told is not sent again.
              if (!Files.exists(stage.state("staging/" + ScratchRoot.TWO))) {
                TestPayload many = ScratchRoot.payload(ScratchRoot.TWO).withMany(20);
                host.upload(stage.layout(), ScratchRoot.TWO, many, (done, total) -> {});
              }
              return perform(stage, host, ScratchRoot.assemble(ScratchRoot.TWO));
            }));
    cases.add(
        op(
            "assemble",
            ScratchRoot.ONE,
            ScratchRoot::uploaded,
            stage -> ScratchRoot.assemble(ScratchRoot.ONE)));
    cases.add(
        op(
            "seal",
            ScratchRoot.ONE,
            (stage, id) -> {
              stage.uploaded(id);
              stage.perform(ScratchRoot.assemble(id));
            },
            stage -> ScratchRoot.seal(ScratchRoot.ONE, false)));
    cases.add(
        op(
            "seal, of what a build worked in",
            ScratchRoot.ONE,
            (stage, id) -> {
              stage.uploaded(id);
              stage.perform(ScratchRoot.assemble(id));
              Files.writeString(stage.state("staging").resolve(id.value()).resolve("built"), "b");
            },
            stage -> ScratchRoot.seal(ScratchRoot.ONE, true)));
    cases.add(
        op(
            "publish",
            ScratchRoot.ONE,
            ScratchRoot::sealed,
            stage -> new HostOp.Publish(ScratchRoot.ONE)));
    cases.add(
        op(
            "publish, with a leftover link",
            ScratchRoot.ONE,
            (stage, id) -> {
              stage.sealed(id);
              Files.createSymbolicLink(stage.root().resolve("releases/current"), stage.neighbour());
            },
            stage -> new HostOp.Publish(ScratchRoot.ONE)));
    cases.add(
        op(
            "switch, the first",
            ScratchRoot.ONE,
            ScratchRoot::published,
            s -> s.toLive(ScratchRoot.ONE)));
    cases.add(
        op(
            "switch",
            ScratchRoot.TWO,
            (stage, id) -> {
              stage.past(ScratchRoot.ONE);
              stage.published(id);
            },
            stage ->
                new HostOp.Switch(
                    ScratchRoot.RUN,
                    stage.layout().release(ScratchRoot.TWO),
                    Optional.of(stage.layout().release(ScratchRoot.ONE)),
                    Optional.of(ScratchRoot.TWO))));
    cases.add(
        op(
            "switch, to nothing",
            ScratchRoot.ONE,
            ScratchRoot::live,
            stage ->
                new HostOp.RemoveCurrent(
                    ScratchRoot.RUN, stage.layout().release(ScratchRoot.ONE))));
    cases.add(
        op(
            "quarantine, staged",
            ScratchRoot.ONE,
            ScratchRoot::uploaded,
            stage -> quarantine(ScratchRoot.ONE)));
    cases.add(
        op(
            "quarantine, published, the third",
            ScratchRoot.THREE,
            (stage, id) -> {
              stage.pastFailure(ScratchRoot.ONE);
              stage.pastFailure(ScratchRoot.TWO);
              stage.published(id);
            },
            stage -> quarantine(ScratchRoot.THREE)));
    cases.add(
        op(
            "prune",
            ScratchRoot.THREE,
            (stage, id) -> {
              stage.past(ScratchRoot.ONE);
              stage.past(ScratchRoot.TWO);
              stage.past(id);
              stage.lock(ScratchRoot.RUN);
            },
            stage -> new HostOp.Prune(ScratchRoot.RUN, List.of(ScratchRoot.ONE, ScratchRoot.TWO))));
    cases.add(
        op(
            "prune, staged",
            ScratchRoot.ONE,
            ScratchRoot::sealed,
            stage -> new HostOp.Prune(ScratchRoot.RUN, List.of(ScratchRoot.ONE), true)));
    cases.add(
        op(
            "unpublish",
            ScratchRoot.ONE,
            ScratchRoot::published,
            s -> new HostOp.Unpublish(ScratchRoot.RUN, ScratchRoot.ONE)));
    cases.add(
        op(
            "orphans",
            ScratchRoot.ONE,
            (stage, id) -> {
              Files.createDirectories(stage.state("runs/1/restart"));
              stage.sealed(id);
            },
            stage -> new HostOp.Orphans()));
    cases.add(
        op(
            "backup, to be kept",
            ScratchRoot.ONE,
            (stage, id) -> {
              stage.sealed(id);
              stage.perform(backup(HostOp.Backup.Act.PREPARE));
              Files.writeString(stage.state("backups/" + id + "/db"), "rows");
            },
            stage -> backup(HostOp.Backup.Act.KEEP)));
    cases.add(
        op(
            "backup, prepared",
            ScratchRoot.ONE,
            ScratchRoot::sealed,
            stage -> backup(HostOp.Backup.Act.PREPARE)));
    cases.add(
        op(
            "commit",
            ScratchRoot.ONE,
            ScratchRoot::live,
            stage -> new HostOp.Commit(ScratchRoot.RUN, ScratchRoot.ONE)));
    cases.add(op(RUN, ScratchRoot.ONE, ScratchRoot::live, ScratchRoot::counting));
    cases.add(
        op(
            "revision",
            ScratchRoot.ONE,
            ScratchRoot::live,
            stage -> new HostOp.LogRevision("deployed")));
    cases.add(
        new OpCase(
            "unlock",
            stage -> {
              stage.live(ScratchRoot.ONE);
              Files.createDirectories(stage.state("runs/1/restart"));
              Files.writeString(stage.state("runs/1/restart/out"), "said");
            },
            (stage, host) ->
                !Files.isSymbolicLink(stage.state("lock"))
                    || perform(stage, host, new HostOp.Unlock())));
    return List.copyOf(cases);
  }

  @FunctionalInterface
  private interface With {
    void on(ScratchRoot stage, ReleaseId id) throws IOException;
  }

  @FunctionalInterface
  private interface Asked {
    HostOp of(ScratchRoot stage);
  }

  private static OpCase op(String name, ReleaseId id, With prepare, Asked op) {
    return new OpCase(
        name, stage -> prepare.on(stage, id), (stage, host) -> perform(stage, host, op.of(stage)));
  }

  private static HostOp backup(HostOp.Backup.Act act) {
    return new HostOp.Backup(ScratchRoot.RUN, ScratchRoot.ONE, "db", act);
  }

  private static HostOp quarantine(ReleaseId id) {
    return new HostOp.Quarantine(ScratchRoot.RUN, id, ReleaseState.FAILED, "why not");
  }

  private static boolean lock(ScratchRoot stage, Host host) {
    return host.lock(ScratchRoot.request(ScratchRoot.RUN), stage.query())
        instanceof LockReply.Granted;
  }

  static boolean perform(ScratchRoot stage, Host host, HostOp op) {
    List<OpResult> results =
        host.perform(stage.layout(), stage.token(), List.of(op), OpListener.SILENT);
    return results.size() == 1 && results.get(0).ok();
  }

  @Override
  public String toString() {
    return name;
  }
}
