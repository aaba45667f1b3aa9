package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.testkit.sim.Script.Failed;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code run.sh}, {@code follow.sh} and {@code orphans.sh}: a command is started once and followed
 * to its end.
 */
final class SimCommands {

  private static final int CUT_OFF = OpResult.LOST;
  private static final int TERMINATED = 143;
  private static final int CANNOT_ENTER = 126;

  /** With which a shell ends that is to exit with a status that is no number. */
  private static final int NO_NUMBER = 2;

  private final Script script;
  private final Machine machine;
  private final LockToken token;

  SimCommands(Script script, LockToken token) {
    this.script = script;
    this.machine = script.machine();
    this.token = token;
  }

  OpResult run(HostOp.Run op, Consumer<String> output) {
    HostOp.CommandRun command = op.command();
    String directory = directory(new HostOp.Await(token.seq(), command.name(), op.runId(), 0));
    if (!machine.disk().exists(directory + "/taken") || !script.care().startsOnce()) {
      try {
        startOnceMore(command, directory);
      } catch (Failed e) {
        script.value("unstarted", "1");
        return script.ended(e.status(), e.said());
      }
    }
    return follow(directory, output);
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

  /** Waits for a command of an earlier run. */
  OpResult await(HostOp.Await op, Consumer<String> output) {
    String directory = directory(op);
    if (!machine.disk().isDir(directory)) {
      throw new Failed(CUT_OFF, directory + " is not there");
    }
    return follow(directory, output);
  }

  private static String directory(HostOp.Await command) {
    return Machine.RUNS + "/" + command.key();
  }

  /** Ends what earlier runs have left running, but for migrations, and tells how each stands. */
  void endOrphans() {
    for (String seq : machine.disk().names(Machine.RUNS)) {
      if (!seq.equals(Long.toString(token.seq()))) {
        for (String name : machine.disk().names(Machine.RUNS + "/" + seq)) {
          if (name.equals("watchdog")) {
            continue;
          }
          script.point("look at " + name);
          script.value(seq + "/" + name, orphan(Machine.RUNS + "/" + seq + "/" + name, name));
        }
      }
    }
  }

  private String orphan(String directory, String name) {
    if (!machine.disk().exists(directory + "/taken")) {
      machine.disk().mkdirs(directory + "/taken");
      return "unstarted";
    }
    Optional<Job> job = job(directory);
    if (job.isPresent() && name.matches("migration-.*-(up|down|restore)@.*")) {
      return "running";
    }
    if (job.isPresent()) {
      machine.jobs.remove(job.get());
      JobControl.end(machine, job.get(), TERMINATED);
    }
    return machine
        .disk()
        .text(directory + "/status", View.NOW)
        .filter(status -> String.valueOf(status).strip().matches("\\d+"))
        .map(status -> "ended " + status)
        .orElse("gone");
  }

  /** Starts a command that nobody follows. */
  void start(HostOp.Run op) {
    start(
        op.command(), directory(new HostOp.Await(token.seq(), op.command().name(), op.runId(), 0)));
  }

  private void start(HostOp.CommandRun command, String directory) {
    script.point("write the command", Writes.LITTLE);
    machine.disk().mkdirs(directory);
    script.point("start " + command.run());
    String cwd = machine.relative(command.directory()).orElse("");
    Optional<String> entered = entered(cwd);
    Job job = Job.begun(directory, command, entered.orElse(cwd), token.seq(), script.world().now());
    script.world().observer().starts(machine, job);
    machine.disk().mkdirs(directory + "/taken");
    machine.jobs.add(job);
    if (entered.isPresent()) {
      JobControl.goOn(script.world(), machine, job);
    } else {
      machine.jobs.remove(job);
      JobControl.end(machine, job, command.undo() ? 0 : CANNOT_ENTER);
    }
  }

  /** What is undone of a staged tree may have to look for it where it was published to. */
  private Optional<String> entered(String cwd) {
    String published = cwd.replaceFirst("^" + Machine.STAGING + "/", "releases/");
    return Optional.of(cwd)
        .filter(this::isDirectory)
        .or(() -> Optional.of(published).filter(this::isDirectory));
  }

  private boolean isDirectory(String path) {
    return machine.disk().isDir(path)
        || machine.disk().real(path).filter(machine.disk()::isDir).isPresent();
  }

  private OpResult follow(String directory, Consumer<String> output) {
    script.fencedBy(Optional.empty());
    script.point("follow");
    for (Optional<Job> job = job(directory); job.isPresent(); job = job(directory)) {
      script.sleep(Duration.between(script.world().now(), job.get().due()));
    }
    script.point("it has ended");
    if (!script.lost()) {
      JobControl.output(machine, directory + "/out").lines().forEach(output);
    }
    return machine
        .disk()
        .text(directory + "/status", View.NOW)
        .map(status -> ended(status.toString(), machine.disk().exists(directory + "/late")))
        .orElseThrow(
            () ->
                new Failed(
                    CUT_OFF, "the command was cut off; whether it came to its end is not known"));
  }

  /** A command may itself end with the status that one has which was ended. */
  private OpResult ended(String exit, boolean late) {
    script.value("exit", exit);
    if (late) {
      script.value("ended", "deadline");
    }
    int status = exit.isEmpty() ? NO_NUMBER : Integer.parseInt(exit);
    return script.ended(late ? OpResult.TIMED_OUT : status, "");
  }

  /** {@code check.sh}: runs a health command, which nobody fences. */
  OpResult check(HostOp.CommandRun command, Consumer<String> output) {
    String cwd = machine.relative(command.directory()).orElse("");
    Job job = Job.begun("", command, cwd, 0, script.world().now());
    StringBuilder out = new StringBuilder();
    int status = isDirectory(cwd) ? looked(job, out) : CANNOT_ENTER;
    if (!script.lost()) {
      out.toString().lines().forEach(output);
    }
    return ended(Integer.toString(OpResult.recorded(status)), status == OpResult.TIMED_OUT);
  }

  private int looked(Job job, StringBuilder out) {
    Job now = job;
    while (true) {
      Programs.Part part = script.world().programs().work(machine, now);
      out.append(part.output());
      if (part.pause().isEmpty()) {
        return part.status();
      }
      now = now.after(part.pause().get());
      if (now.next().isAfter(now.deadline())) {
        return OpResult.TIMED_OUT;
      }
      script.sleep(part.pause().get());
    }
  }

  private Optional<Job> job(String directory) {
    return machine.jobs.stream().filter(job -> job.directory().equals(directory)).findFirst();
  }
}
