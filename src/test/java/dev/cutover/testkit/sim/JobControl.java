package dev.cutover.testkit.sim;

import dev.cutover.testkit.sim.Programs.Part;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.transport.OpResult;

/** {@code supervisor.sh}: what becomes of a command, whoever started it. */
final class JobControl {

  private JobControl() {}

  /** A command does its next part, or is ended at its deadline. */
  static void goOn(SimWorld world, Machine machine, Job job) {
    machine.jobs.remove(job);
    if (job.next().isAfter(job.deadline())) {
      if (machine.disk().isDir(job.directory())) {
        machine.disk().write(job.directory() + "/late", "");
      }
      end(machine, job, OpResult.recorded(OpResult.TIMED_OUT));
      return;
    }
    Part part = world.programs().work(machine, job);
    if (!part.output().isEmpty()) {
      append(machine, job.directory() + "/out", part.output());
    }
    if (part.pause().isPresent()) {
      machine.jobs.add(job.after(part.pause().get()));
    } else {
      end(machine, job, part.status());
    }
  }

  private static void append(Machine machine, String file, String text) {
    if (machine.disk().isDir(SimDisk.parent(file))) {
      machine.disk().write(file, output(machine, file) + text);
    }
  }

  /** What a file of output holds. */
  static String output(Machine machine, String file) {
    return machine.disk().text(file, View.NOW).map(Object::toString).orElse("");
  }

  /** A command has ended. */
  static void end(Machine machine, Job job, int status) {
    if (!machine.disk().isDir(job.directory())) {
      return;
    }
    machine.disk().write(job.directory() + "/status", Integer.toString(status));
    String output = output(machine, job.directory() + "/out");
    if (!output.isEmpty()) {
      job.command()
          .log()
          .map(machine.layout()::log)
          .flatMap(machine::relative)
          .ifPresent(log -> append(machine, log, output));
    }
  }
}
