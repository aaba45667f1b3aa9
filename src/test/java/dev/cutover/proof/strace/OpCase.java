package dev.cutover.proof.strace;

import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.proof.Stage;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.TestPayload;
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
    void on(Stage stage) throws IOException;
  }

  @FunctionalInterface
  interface Act {
    boolean on(Stage stage, Host host);
  }

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    cases.add(new OpCase("lock, the first", stage -> {}, OpCase::lock));
    cases.add(
        new OpCase("lock, of a host with a history", stage -> stage.past(Stage.ONE), OpCase::lock));
    cases.add(
        new OpCase(
            "lock, with a checkpoint of a long journal",
            stage -> {
              stage.past(Stage.ONE);
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
            stage -> stage.lock(Stage.OTHER_RUN),
            (stage, host) -> {
              int status = host.breakLock(stage.layout(), stage.token().text()).status();
              // 96: it is another's, as after a reply that was lost.
              return status == 0 || (status == 96 && !Files.isSymbolicLink(stage.state("lock")));
            }));
    cases.add(op("append", Stage.ONE, Stage::live, stage -> Stage.good(Stage.ONE)));
    cases.add(
        new OpCase(
            "upload, as one stream, and assemble",
            stage -> {
              stage.past(Stage.ONE);
              stage.lock(Stage.RUN);
            },
            (stage, host) -> {
              // An upload whose end was told is not sent again.
              if (!Files.exists(stage.state("staging/" + Stage.TWO))) {
                TestPayload many = Stage.payload(Stage.TWO).withMany(20);
                host.upload(stage.layout(), Stage.TWO, many, (done, total) -> {});
              }
              return perform(stage, host, Stage.assemble(Stage.TWO));
            }));
    cases.add(op("assemble", Stage.ONE, Stage::uploaded, stage -> Stage.assemble(Stage.ONE)));
    cases.add(
        op(
            "seal",
            Stage.ONE,
            (stage, id) -> {
              stage.uploaded(id);
              stage.perform(Stage.assemble(id));
            },
            stage -> Stage.seal(Stage.ONE, false)));
    cases.add(
        op(
            "seal, of what a build worked in",
            Stage.ONE,
            (stage, id) -> {
              stage.uploaded(id);
              stage.perform(Stage.assemble(id));
              Files.writeString(stage.state("staging").resolve(id.value()).resolve("built"), "b");
            },
            stage -> Stage.seal(Stage.ONE, true)));
    cases.add(op("publish", Stage.ONE, Stage::sealed, stage -> new HostOp.Publish(Stage.ONE)));
    cases.add(
        op(
            "publish, with a leftover link",
            Stage.ONE,
            (stage, id) -> {
              stage.sealed(id);
              Files.createSymbolicLink(stage.root().resolve("releases/current"), stage.neighbour());
            },
            stage -> new HostOp.Publish(Stage.ONE)));
    cases.add(op("switch, the first", Stage.ONE, Stage::published, s -> s.toLive(Stage.ONE)));
    cases.add(
        op(
            "switch",
            Stage.TWO,
            (stage, id) -> {
              stage.past(Stage.ONE);
              stage.published(id);
            },
            stage ->
                new HostOp.Switch(
                    Stage.RUN,
                    stage.layout().release(Stage.TWO),
                    Optional.of(stage.layout().release(Stage.ONE)),
                    Optional.of(Stage.TWO))));
    cases.add(
        op(
            "switch, to nothing",
            Stage.ONE,
            Stage::live,
            stage -> new HostOp.RemoveCurrent(Stage.RUN, stage.layout().release(Stage.ONE))));
    cases.add(op("quarantine, staged", Stage.ONE, Stage::uploaded, stage -> quarantine(Stage.ONE)));
    cases.add(
        op(
            "quarantine, published, the third",
            Stage.THREE,
            (stage, id) -> {
              stage.pastFailure(Stage.ONE);
              stage.pastFailure(Stage.TWO);
              stage.published(id);
            },
            stage -> quarantine(Stage.THREE)));
    cases.add(
        op(
            "prune",
            Stage.THREE,
            (stage, id) -> {
              stage.past(Stage.ONE);
              stage.past(Stage.TWO);
              stage.past(id);
              stage.lock(Stage.RUN);
            },
            stage -> new HostOp.Prune(Stage.RUN, List.of(Stage.ONE, Stage.TWO))));
    cases.add(
        op(
            "unpublish",
            Stage.ONE,
            Stage::published,
            s -> new HostOp.Unpublish(Stage.RUN, Stage.ONE)));
    cases.add(
        op(
            "orphans",
            Stage.ONE,
            (stage, id) -> {
              Files.createDirectories(stage.state("runs/1/restart"));
              stage.sealed(id);
            },
            stage -> new HostOp.Orphans()));
    cases.add(
        op(
            "backup, to be kept",
            Stage.ONE,
            (stage, id) -> {
              stage.sealed(id);
              stage.perform(backup(HostOp.Backup.Act.PREPARE));
              Files.writeString(stage.state("backups/" + id + "/db"), "rows");
            },
            stage -> backup(HostOp.Backup.Act.KEEP)));
    cases.add(
        op(
            "backup, prepared",
            Stage.ONE,
            Stage::sealed,
            stage -> backup(HostOp.Backup.Act.PREPARE)));
    cases.add(
        op("commit", Stage.ONE, Stage::live, stage -> new HostOp.Commit(Stage.RUN, Stage.ONE)));
    cases.add(op(RUN, Stage.ONE, Stage::live, Stage::counting));
    cases.add(op("revision", Stage.ONE, Stage::live, stage -> new HostOp.LogRevision("deployed")));
    cases.add(
        new OpCase(
            "unlock",
            stage -> {
              stage.live(Stage.ONE);
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
    void on(Stage stage, ReleaseId id) throws IOException;
  }

  @FunctionalInterface
  private interface Asked {
    HostOp of(Stage stage);
  }

  private static OpCase op(String name, ReleaseId id, With prepare, Asked op) {
    return new OpCase(
        name, stage -> prepare.on(stage, id), (stage, host) -> perform(stage, host, op.of(stage)));
  }

  private static HostOp backup(HostOp.Backup.Act act) {
    return new HostOp.Backup(Stage.RUN, Stage.ONE, "db", act);
  }

  private static HostOp quarantine(ReleaseId id) {
    return new HostOp.Quarantine(Stage.RUN, id, ReleaseState.FAILED, "why not");
  }

  private static boolean lock(Stage stage, Host host) {
    return host.lock(Stage.request(Stage.RUN), stage.query()) instanceof LockReply.Granted;
  }

  static boolean perform(Stage stage, Host host, HostOp op) {
    List<OpResult> results =
        host.perform(stage.layout(), stage.token(), List.of(op), OpListener.SILENT);
    return results.size() == 1 && results.get(0).ok();
  }

  @Override
  public String toString() {
    return name;
  }
}
