package dev.cutover.step;

import dev.cutover.domain.Command;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Migration.Forward;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Where;
import dev.cutover.error.CutoverException;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.PortForward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the commands of one migration of one release, on a member or on this machine for it. */
final class MigrationShell {

  private final RunInfo run;
  private final Migration migration;
  private final ReleaseId release;
  private final Bench bench;

  MigrationShell(RunInfo run, Migration migration, ReleaseId release, Bench bench) {
    this.run = run;
    this.migration = migration;
    this.release = release;
    this.bench = bench;
  }

  /**
   * How a command ended.
   *
   * @param status 0 when it went well
   * @param failure a sentence; empty when it went well
   * @param output the first lines it wrote
   */
  record Ran(int status, String failure, List<String> output) {

    boolean ok() {
      return status == 0;
    }

    /** Whether the status may be the command's own, to be written down as how it ended. */
    boolean ended() {
      return status != OpResult.LOST;
    }
  }

  /**
   * What a command wrote: no version is longer, and a tool that tells all it does may not fill us.
   */
  private static final class Output {
    private static final int LINES = 1000;
    private static final int LONGEST = 2000;
    private final List<String> lines = new ArrayList<>();

    void heard(String line) {
      if (lines.size() < LINES) {
        lines.add(line.substring(0, Math.min(line.length(), LONGEST)));
      }
    }
  }

  /**
   * Runs a command, unless what has to be written down before it cannot be.
   *
   * @param word names the command within the run; see {@link #name}
   * @param from {@code MIGRATION_FROM}
   * @param before operations that go ahead of it, in the same round trip
   * @throws NotStartedException if one of those failed
   */
  Ran run(String word, Command command, String from, HostOp... before) {
    Map<String, CutoverException> unheard = tellOthers(before);
    for (Map.Entry<String, CutoverException> failure : unheard.entrySet()) {
      throw new NotStartedException(failure.getKey(), failure.getValue());
    }
    Output output = new Output();
    if (migration.on() == Where.LOCAL) {
      prepare(before);
      return here(command, from, output);
    }
    RemotePath directory = bench.member().layout().release(release);
    HostOp.Run op = HostCommands.run(name(word), command, directory, environment(from), run);
    List<OpResult> results =
        bench.perform(Stream.concat(Stream.of(before), Stream.of(op)).toList(), output::heard);
    OpResult last = results.get(results.size() - 1);
    if (results.size() <= before.length) {
      throw new NotStartedException(
          bench.member().name(), bench.failure(before[results.size() - 1], last));
    }
    return new Ran(
        last.status(),
        last.ok() ? "" : String.valueOf(bench.failure(op, last).getMessage()),
        output.lines);
  }

  /** Unique within the run, whose release it mostly is that is migrated. */
  private String name(String word) {
    String whose = release.equals(run.subject()) ? "" : "+" + release;
    return "migration-" + migration.id() + whose + "-" + word;
  }

  private void prepare(HostOp... before) {
    if (before.length == 0) {
      return;
    }
    List<OpResult> results = bench.perform(List.of(before));
    OpResult last = results.get(results.size() - 1);
    if (!last.ok()) {
      throw new NotStartedException(
          bench.member().name(), bench.failure(before[results.size() - 1], last));
    }
  }

  private Ran here(Command command, String from, Output output) {
    Map<String, String> environment = new HashMap<>(environment(from));
    try {
      if (migration.forward().isEmpty()) {
        bench.runHere(command, environment, output::heard);
      } else {
        Forward far = migration.forward().get();
        try (PortForward near = PortForward.to(bench.member().host(), far.host(), far.port())) {
          environment.put("FORWARD_HOST", near.localHost());
          environment.put("FORWARD_PORT", Integer.toString(near.localPort()));
          bench.runHere(command, environment, output::heard);
        }
      }
      return new Ran(0, "", output.lines);
    } catch (CommandFailedException e) {
      return new Ran(e.status(), String.valueOf(e.getMessage()), output.lines);
    }
  }

  private Map<String, String> environment(String from) {
    Member member = bench.member();
    Map<String, String> environment =
        new HashMap<>(
            release.equals(run.subject())
                ? Environment.of(run, member)
                : Environment.of(run, member, release));
    environment.put("MIGRATION_ID", migration.id());
    environment.put("MIGRATION_FROM", from);
    if (migration.on() != Where.LOCAL) {
      environment.put("BACKUP_PATH", member.layout().backup(release).child(migration.id()).value());
    }
    return environment;
  }

  /**
   * Of a database that all members share each of them knows what was begun there, and how it ended:
   * the one that does the work may be gone when somebody asks.
   */
  private Map<String, CutoverException> tellOthers(HostOp... ops) {
    List<HostOp> records = Stream.of(ops).filter(HostOp.Append.class::isInstance).toList();
    return migration.on() == Where.ALL || records.isEmpty()
        ? Map.of()
        : bench.performElsewhere(records);
  }

  /** Takes back, on the other members, that something was begun which could not be started. */
  void retract(HostOp record) {
    warnUnheard(tellOthers(record));
  }

  private void warnUnheard(Map<String, CutoverException> unheard) {
    unheard.forEach(
        (member, e) ->
            bench.warn(
                "what became of migration %s could not be written down on %s: %s"
                    .formatted(migration.id(), member, e.getMessage())));
  }

  /**
   * Performs operations that run nothing of the user's. What cannot be written on another member
   * only warns: there stands that the work was begun, and that is never taken for done.
   *
   * @throws dev.cutover.error.CutoverException if one failed
   */
  void write(HostOp... ops) {
    List<OpResult> results = bench.perform(List.of(ops));
    OpResult last = results.get(results.size() - 1);
    if (!last.ok()) {
      throw bench.failure(ops[results.size() - 1], last);
    }
    warnUnheard(tellOthers(ops));
  }
}
