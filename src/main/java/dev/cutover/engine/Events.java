package dev.cutover.engine;

import dev.cutover.event.DeployEvent;
import dev.cutover.event.DeployListener;
import dev.cutover.event.StepRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells listeners of a step on one host, so that every start has its end. */
final class Events {

  private final DeployListener listener;
  private final Clock clock;
  private final String host;
  private final boolean undo;

  Events(DeployListener listener, Clock clock, String host, boolean undo) {
    this.listener = listener;
    this.clock = clock;
    this.host = host;
    this.undo = undo;
  }

  Instant now() {
    return clock.instant();
  }

  Instant started(StepRef step) {
    listener.on(new DeployEvent.StepStarted(step, host, undo));
    return clock.instant();
  }

  void finished(StepRef step, Instant start, String note) {
    listener.on(new DeployEvent.StepFinished(step, host, undo, since(start), note));
  }

  void failed(StepRef step, Instant start, String why) {
    listener.on(new DeployEvent.StepFailed(step, host, undo, since(start), why));
  }

  void output(StepRef step, String line) {
    listener.on(new DeployEvent.StepOutput(step, host, line));
  }

  void progress(StepRef step, long done, long total) {
    listener.on(new DeployEvent.StepProgress(step, host, done, total));
  }

  void attempted(StepRef step, String check, int attempt, boolean healthy, String detail) {
    listener.on(new DeployEvent.HealthAttempted(step, host, check, attempt, healthy, detail));
  }

  void tell(String text) {
    listener.on(new DeployEvent.Notice(Optional.of(host), text));
  }

  void warn(String text) {
    listener.on(new DeployEvent.Warning(Optional.of(host), text));
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }
}
