package dev.cutover.report;

import dev.cutover.domain.ReleaseId;
import dev.cutover.event.DeployEvent;
import dev.cutover.event.DeployEvent.Checked;
import dev.cutover.event.DeployEvent.Connected;
import dev.cutover.event.DeployEvent.DriftRead;
import dev.cutover.event.DeployEvent.HealthAttempted;
import dev.cutover.event.DeployEvent.HistoryRead;
import dev.cutover.event.DeployEvent.Notice;
import dev.cutover.event.DeployEvent.PlanMade;
import dev.cutover.event.DeployEvent.Planned;
import dev.cutover.event.DeployEvent.RevertStarted;
import dev.cutover.event.DeployEvent.RunEnded;
import dev.cutover.event.DeployEvent.RunStarted;
import dev.cutover.event.DeployEvent.StatusRead;
import dev.cutover.event.DeployEvent.StepFailed;
import dev.cutover.event.DeployEvent.StepFinished;
import dev.cutover.event.DeployEvent.StepOutput;
import dev.cutover.event.DeployEvent.StepProgress;
import dev.cutover.event.DeployEvent.StepStarted;
import dev.cutover.event.DeployEvent.WaitingForLock;
import dev.cutover.event.DeployEvent.Warning;
import dev.cutover.event.DeployListener;
import dev.cutover.event.StepRef;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds events into calm console lines: one a step and host, the account of a failure, and the
 * outcome last. What it says stands in {@link Words} and its siblings. Not for use by several
 * threads at once; {@link Listeners} sees to that.
 */
public final class ConsoleReport implements DeployListener {

  private record Running(StepRef step, String host) {}

  private final Console console;
  private final Clock clock;
  private final Progress progress;
  private final EventSwitch events = new EventSwitch();
  private final Map<Running, HealthFold> health = new HashMap<>();
  private final Map<Running, Long> sent = new HashMap<>();
  private List<String> hosts = List.of();
  private Words words = new Words(List.of());
  private Optional<ReleaseId> previous = Optional.empty();
  private boolean mixed;
  private int warnings;

  /** A report on {@code console}; where {@code terminal} allows, with a bar for uploads. */
  public static ConsoleReport on(Console console, Terminal terminal, Clock clock) {
    return new ConsoleReport(console, terminal.screen(), clock);
  }

  /** As {@link #on}, with the bar drawn on {@code screen}, if there is one. */
  ConsoleReport(Console console, Optional<PrintWriter> screen, Clock clock) {
    this.clock = clock;
    if (screen.isPresent()) {
      BarProgress bar = new BarProgress(console, screen.get(), () -> words);
      this.console = bar;
      this.progress = bar;
    } else {
      this.console = console;
      this.progress = new LineProgress(console, clock, () -> words);
    }
    followRun();
    followSteps();
    followReadings();
  }

  @Override
  public void on(DeployEvent event) {
    events.accept(event);
  }

  EventSwitch events() {
    return events;
  }

  private void followRun() {
    events
        .on(RunStarted.class, this::started)
        .on(Connected.class, e -> print(words.connected(e.host(), e.took())))
        .on(WaitingForLock.class, e -> print(words.waitingForLock(e.host(), e.owner(), e.waited())))
        .on(Planned.class, this::planned)
        .on(RevertStarted.class, e -> print(words.revertStarted(e, previous, mixed)))
        .on(Notice.class, e -> print(words.remark(e.host(), e.text(), false)))
        .on(Warning.class, this::warned)
        .on(RunEnded.class, this::ended);
  }

  private void followSteps() {
    events
        .on(StepStarted.class, e -> forget(new Running(e.step(), e.host())))
        .on(StepProgress.class, this::moved)
        .on(StepOutput.class, e -> print(words.output(e.step(), e.host(), e.line())))
        .on(HealthAttempted.class, this::tried)
        .on(StepFinished.class, this::finished)
        .on(StepFailed.class, this::failed);
  }

  private void followReadings() {
    events
        .on(StatusRead.class, e -> print(StatusWords.of(e.status())))
        .on(HistoryRead.class, e -> print(HistoryWords.of(e.host(), e.lines())))
        .on(PlanMade.class, e -> print(PlanWords.of(e.plan(), hosts)))
        .on(Checked.class, e -> print(CheckWords.of(e)))
        .on(DriftRead.class, e -> print(CheckWords.of(e)));
  }

  private void started(RunStarted e) {
    hosts = List.copyOf(e.hosts());
    words = new Words(hosts);
    previous = Optional.empty();
    mixed = false;
    warnings = 0;
    print(words.runStarted(e.goal(), e.project(), hosts));
  }

  private void planned(Planned e) {
    previous = e.previous();
    mixed = e.mixed();
    print(words.planned(e.release(), e.previous(), e.mixed()));
  }

  private void warned(Warning e) {
    warnings++;
    print(words.remark(e.host(), e.text(), true));
  }

  private void moved(StepProgress e) {
    sent.put(new Running(e.step(), e.host()), e.total());
    progress.moved(e.step(), e.host(), e.done(), e.total());
  }

  private void tried(HealthAttempted e) {
    HealthFold fold =
        health.computeIfAbsent(new Running(e.step(), e.host()), key -> new HealthFold(clock));
    if (fold.heard(e)) {
      print(words.tried(e.step(), e.host(), e.check(), e.attempt(), e.detail()));
    }
  }

  private void finished(StepFinished e) {
    progress.ended(e.step(), e.host());
    print(line(e));
    forget(new Running(e.step(), e.host()));
  }

  /** A step that left no remark of its own gets one from what its events said. */
  private Line line(StepFinished e) {
    Running step = new Running(e.step(), e.host());
    if (e.note().isEmpty() && health.containsKey(step)) {
      return words.healthy(e.step(), e.host(), e.undo(), e.took(), health.get(step));
    }
    String note = e.note();
    if (note.isEmpty() && sent.containsKey(step)) {
      note = words.sent(sent.get(step));
    }
    return words.finished(e.step(), e.host(), e.undo(), e.took(), note);
  }

  private void failed(StepFailed e) {
    progress.ended(e.step(), e.host());
    forget(new Running(e.step(), e.host()));
    print(words.failed(e.step(), e.host(), e.undo(), e.took(), e.why()));
  }

  private void ended(RunEnded e) {
    progress.close();
    print(new OutcomeWords(e.report(), hosts).lines(warnings));
  }

  private void forget(Running step) {
    health.remove(step);
    sent.remove(step);
  }

  private void print(Line line) {
    line.print(console);
  }

  private void print(List<Line> lines) {
    lines.forEach(this::print);
  }
}
