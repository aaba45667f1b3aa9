package dev.cutover.proof.strace;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.error.CutoverException;
import dev.cutover.proof.Patched;
import dev.cutover.proof.Picture;
import dev.cutover.proof.ScratchRoot;
import dev.cutover.proof.strace.Injection.Sequel;
import dev.cutover.testkit.Commands;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.Requests;
import dev.cutover.testkit.app.VersionFiles;
import dev.cutover.transport.Connection;
import dev.cutover.transport.Host;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One operation, prepared once, performed again and again from the same state, each time with
 * another fault.
 */
final class OperationBench {

  private static final String NONCE = "nproof";

  /** More than go up one by one. */
  private static final VersionFiles FILES = new VersionFiles(19, 1_000);

  private final OpCase op;
  private final ScratchRoot stage;
  private final Path work;
  private final UnaryOperator<String> patch;
  private Picture before = new Picture(Map.of());
  private Picture after = new Picture(Map.of());
  private List<JournalEntry> earlier = List.of();
  private String said = "";
  private Trace undisturbed = new Trace(List.of());

  /**
   * A bench below a directory of its own.
   *
   * @param patch of the scripts
   */
  OperationBench(OpCase op, Path work, UnaryOperator<String> patch) throws IOException {
    this.op = op;
    this.work = work;
    this.patch = patch;
    this.stage = ScratchRoot.in(Files.createDirectories(work.resolve("stage")));
  }

  /** Makes the state, and learns from a run that nothing disturbs. */
  List<String> prepare() throws IOException {
    op.prepare().on(stage);
    Commands.must("cp", "-a", stage.directory().toString(), work.resolve("template").toString());
    before = now();
    earlier = Picture.told(Picture.journal(stage.state("journal")));
    Strace strace = strace("dry");
    List<String> problems = new ArrayList<>();
    if (!attempt(strace.listening(), NONCE)) {
      problems.add(op + ": did not go well undisturbed");
    }
    after = now();
    undisturbed = strace.trace();
    problems.addAll(Discipline.problems(op, undisturbed, stage.root()));
    return problems;
  }

  List<FileCall> calls() {
    Map<String, FileCall> distinct =
        undisturbed.below(stage.root()).stream()
            .collect(
                Collectors.toMap(
                    FileCall::toString, call -> call, (one, same) -> one, LinkedHashMap::new));
    return List.copyOf(distinct.values());
  }

  /** Whether the fault came to pass, and what was wrong then. */
  record Verdict(boolean struck, List<String> problems) {}

  Verdict disturb(Injection injection) throws IOException {
    restore();
    Strace strace = strace("fault");
    Files.deleteIfExists(strace.output());
    boolean ok = disturbed(strace, injection);
    Trace trace = strace.trace();
    boolean struck = trace.calls().stream().anyMatch(FileCall::injected);
    List<String> problems = new ArrayList<>(Whole.problems(stage, before, earlier));
    if (live(before) && live(after) && !live(now())) {
      problems.add("current is gone");
    }
    problems.addAll(unannounced());
    if (ok && !op.once()) {
      problems.addAll(wrongSuccess(injection, trace));
    }
    if (op.once() && (stage.counted() > 1 || (ok && stage.counted() == 0))) {
      problems.add("success " + ok + ", and it ran " + stage.counted() + " times");
    }
    problems.addAll(injection.sequel() == Sequel.REPEAT ? repeated(injection) : takenOver());
    return new Verdict(
        struck, problems.stream().distinct().map(problem -> injection + ": " + problem).toList());
  }

  /** A current that was set is in the journal, or at least that it was going to be. */
  private List<String> unannounced() throws IOException {
    String entry = "root/current";
    String live = now().entries().getOrDefault(entry, "");
    if (live.equals(before.entries().getOrDefault(entry, ""))) {
      return List.of();
    }
    Optional<String> to = Optional.of(live.replace("link to ", "")).filter(l -> !l.isEmpty());
    boolean announced =
        Picture.told(Picture.journal(stage.state("journal"))).stream()
            .anyMatch(
                known ->
                    known instanceof JournalEntry.Switching switching
                        && switching.to().map(RemotePath::value).equals(to));
    return announced ? List.of() : List.of("current was switched and the journal knows nothing");
  }

  private List<String> repeated(Injection injection) throws IOException {
    List<String> problems = new ArrayList<>();
    if (op.once()) {
      boolean ok = attempt(Optional.empty(), new LocalConnection());
      return stage.counted() > 1 || (ok && stage.counted() == 0)
          ? List.of("repeated, success " + ok + ", and it ran " + stage.counted() + " times")
          : List.of();
    }
    if (!attempt(Optional.empty(), new LocalConnection())) {
      problems.add("the repeated operation did not go well: " + said);
    }
    for (String line : after.differs(now())) {
      if (!swept(injection, line)) {
        problems.add("at the end " + line);
      }
    }
    problems.addAll(Whole.problems(stage, before, earlier));
    return problems;
  }

  private List<String> takenOver() throws IOException {
    ExampleApp app =
        new ExampleApp(Requests.target(stage.root()), work)
            .of(FILES)
            .with(
                requests -> {
                  requests.keep = 2;
                  requests.lockWait = Duration.ofSeconds(90);
                });
    OutcomeReport report = Clients.hasty(target -> stage.host()).release(app.request("next"));
    List<String> problems = new ArrayList<>(app.broken(stage.root()));
    if (report.outcome() != Outcome.RELEASED
        || !ExampleApp.live(stage.root()).equals(Optional.of("next"))) {
      problems.add("the next release ended " + report.outcome() + ": " + report.happened());
    }
    try (var left = Files.walk(stage.state(""), 2)) {
      left.map(path -> stage.state("").relativize(path).toString())
          .filter(name -> name.matches("lock|current\\..*|trash-.*|.*\\.new|staging/.+"))
          .forEach(name -> problems.add("left behind: " + name));
    }
    return problems;
  }

  private Picture now() throws IOException {
    return Picture.of(stage.directory());
  }

  private static boolean live(Picture picture) {
    return picture.entries().containsKey("root/current");
  }

  private boolean disturbed(Strace strace, Injection injection) {
    Connection connection = strace.injecting(injection.call(), injection.fault());
    if (injection.fault() != CallFault.CRASH) {
      return attempt(connection, NONCE);
    }
    Thread killer = strace.killer();
    try {
      return attempt(connection, NONCE);
    } finally {
      killer.interrupt();
    }
  }

  /** A success must be one: the same as undisturbed, and nothing that was synced then left out. */
  private List<String> wrongSuccess(Injection injection, Trace trace) throws IOException {
    List<String> problems = new ArrayList<>();
    for (String line : after.differs(now())) {
      if (!swept(injection, line)) {
        problems.add("success was reported, but " + line);
      }
    }
    FileCall call = injection.call();
    if (call.syncs() && trace.calls().stream().anyMatch(FileCall::injected)) {
      long good =
          trace.calls().stream()
              .filter(c -> c.path().equals(call.path()) && c.syncs() && !c.injected() && c.done())
              .count();
      long needed =
          undisturbed.calls().stream()
              .filter(c -> c.path().equals(call.path()) && c.syncs() && c.done())
              .count();
      if (good < needed && !call.name().equals("syncfs") && Files.exists(Path.of(call.path()))) {
        problems.add("success was reported, but " + call.path() + " was not synced");
      }
    }
    return problems;
  }

  /**
   * Whether a difference is one of what nobody reads any more: it was to be removed, and the next
   * run tries that again; or there was no room to keep it.
   */
  private static boolean swept(Injection injection, String difference) {
    boolean old = difference.matches("root/\\.cutover/(trash-|failed/|manifests/).*");
    boolean left = difference.contains(": nothing, not ");
    boolean noRoom =
        injection.fault() == CallFault.ENOSPC || injection.call().path().endsWith("/room");
    return old && (left || noRoom);
  }

  private boolean attempt(Connection connection, String nonce) {
    return attempt(Optional.of(nonce), connection);
  }

  private boolean attempt(Optional<String> nonce, Connection connection) {
    said = "";
    // strace stays until the last of them has ended, also the one that would beat again in 4 s.
    // Nor is a command that nobody supervises any more given a minute beyond its limit.
    UnaryOperator<String> hurried =
        script ->
            patch
                .apply(script)
                .replace("sleep 4 >", "sleep 0.2 >")
                .replace("LIMIT * 10 + 600", "LIMIT * 10 + 20");
    try (Host host = stage.host(new Patched(connection, hurried, nonce))) {
      return op.act().on(stage, host);
    } catch (CutoverException e) {
      said = String.valueOf(e.getMessage());
      return false;
    }
  }

  private void restore() {
    Commands.must("rm", "-rf", stage.directory().toString());
    Commands.must("cp", "-a", work.resolve("template").toString(), stage.directory().toString());
  }

  private Strace strace(String name) {
    return new Strace(work.resolve(name));
  }
}
