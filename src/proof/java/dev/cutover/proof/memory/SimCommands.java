package dev.cutover.proof.memory;

import dev.cutover.domain.LockToken;
import dev.cutover.proof.memory.Script.Failed;
import dev.cutover.proof.memory.Script.Writes;
import dev.cutover.proof.memory.SimDisk.View;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code run.sh} and {@code follow.sh}: a command is started once and followed to its end. */
final class SimCommands {

  /** Longer than it takes to take a lock over: what is left running may end in another run. */
  static final Duration LONG = Duration.ofSeconds(8);

  private static final String RUNS = Machine.STATE + "/runs/";
  private static final int CUT_OFF = 70;
  private static final int TERMINATED = 143;

  private final Script script;
  private final Machine machine;
  private final LockToken token;

  SimCommands(Script script, LockToken token) {
    this.script = script;
    this.machine = script.machine();
    this.token = token;
  }

  OpResult run(HostOp.Run op) {
    HostOp.CommandRun command = op.command();
    String directory = directory(token.seq(), command.name(), op.runId());
    if (!machine.disk.exists(directory + "/taken") || script.has(SimBug.STARTED_AGAIN)) {
      try {
        startOnceMore(command, directory);
      } catch (Failed e) {
        Map<String, String> values = Map.of("unstarted", "1");
        return new OpResult(e.status(), values, String.valueOf(e.getMessage()), Duration.ZERO);
      }
    }
    return Script.result(follow(directory), "");
  }

  private void startOnceMore(HostOp.CommandRun command, String directory) {
    try {
      start(command, directory);
    } catch (Failed e) {
      if (!script.spare()) {
        throw e;
      }
      start(command, directory);
    }
  }

  /** The exit status of a command of an earlier run. */
  int await(HostOp.Await op) {
    String directory = directory(op.seq(), op.name(), op.runId());
    if (!machine.disk.isDir(directory)) {
      throw new Failed(CUT_OFF, "it is not there");
    }
    return follow(directory);
  }

  private static String directory(long seq, String name, String runId) {
    return RUNS + seq + "/" + name + "@" + runId;
  }

  /** Ends what earlier runs have left running, but for migrations; how each stands. */
  Map<String, String> endOrphans() {
    Map<String, String> stands = new HashMap<>();
    for (String seq : machine.disk.names(Machine.STATE + "/runs")) {
      if (!seq.equals(Long.toString(token.seq()))) {
        for (String name : machine.disk.names(RUNS + seq)) {
          if (name.equals("watchdog")) {
            continue;
          }
          script.point("look at " + name);
          stands.put(seq + "/" + name, orphan(RUNS + seq + "/" + name, name));
        }
      }
    }
    return stands;
  }

  private String orphan(String directory, String name) {
    if (!machine.disk.exists(directory + "/taken")) {
      machine.disk.mkdirs(directory + "/taken");
      return "unstarted";
    }
    Optional<Job> job = job(directory);
    if (job.isPresent() && name.matches("migration-.*-(up|down|restore)@.*")) {
      return "running";
    }
    if (job.isPresent()) {
      machine.jobs.remove(job.get());
      machine.disk.write(directory + "/status", Integer.toString(TERMINATED));
    }
    return machine
        .disk
        .text(directory + "/status", View.NOW)
        .map(status -> "ended " + status)
        .orElse("gone");
  }

  /** Starts a command that nobody follows. */
  void start(HostOp.Run op) {
    start(op.command(), directory(token.seq(), op.command().name(), op.runId()));
  }

  private void start(HostOp.CommandRun command, String directory) {
    script.point("write the command", Writes.LITTLE);
    machine.disk.mkdirs(directory);
    script.point("start " + command.run());
    Job job =
        new Job(
            directory,
            command.name(),
            command.run(),
            relative(command.directory().value()),
            command.environment().getOrDefault("RELEASE_ID", ""),
            token.seq(),
            script.world().now().plus(LONG));
    SimPromises.started(script.world(), machine, job);
    machine.disk.mkdirs(directory + "/taken");
    machine.jobs.add(job);
  }

  private static String relative(String path) {
    String root = Machine.LAYOUT.root().value() + "/";
    return path.startsWith(root) ? path.substring(root.length()) : "";
  }

  private int follow(String directory) {
    script.fencedBy(Optional.empty());
    script.point("follow");
    for (Optional<Job> job = job(directory); job.isPresent(); job = job(directory)) {
      script.sleep(Duration.between(script.world().now(), job.get().ends()));
    }
    script.point("it has ended");
    return machine
        .disk
        .text(directory + "/status", View.NOW)
        .map(status -> status.equals("") ? 2 : Integer.parseInt(status.toString()))
        .orElseThrow(() -> new Failed(CUT_OFF, "the command was cut off"));
  }

  private Optional<Job> job(String directory) {
    return machine.jobs.stream().filter(job -> job.directory().equals(directory)).findFirst();
  }
}
