package dev.cutover.engine;

import dev.cutover.error.CutoverException;
import dev.cutover.step.Deed;
import dev.cutover.step.Member;
import dev.cutover.step.NotStartedException;
import dev.cutover.step.RunInfo;
import dev.cutover.step.Step;
import dev.cutover.step.StillSickException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Walks one member through steps in their order. Operations of neighbouring steps travel together
 * in one round trip; a step with code of its own makes the walk send what it has gathered.
 */
final class Walk {

  private final Tools tools;
  private final RunInfo run;
  private final Member member;
  private final Trail trail;

  Walk(Tools tools, RunInfo run, Member member, Trail trail) {
    this.tools = tools;
    this.run = run;
    this.member = member;
    this.trail = trail;
  }

  /**
   * Performs steps until one fails.
   *
   * @throws StepFailure of the first that failed
   */
  void forward(List<Step> steps) {
    gather(steps).send();
  }

  /**
   * Performs steps until one fails, and then those that {@link #finish} a run.
   *
   * @param decisive how many operations at the start of {@code last} must not fail either
   * @throws StepFailure of the first that failed and must not
   */
  void through(List<Step> steps, List<Step> last, int decisive) {
    Batch batch = gather(steps).batch;
    finish(batch, last, batch.size() + decisive);
  }

  /** Performs steps; the operations of the last of them are still to be sent. */
  private Pending gather(List<Step> steps) {
    Pending pending = new Pending(false);
    for (Step step : steps) {
      if (step.runsOn(member)) {
        pending.add(new Task(step, deed(step)));
      }
    }
    return pending;
  }

  private Deed deed(Step step) {
    try {
      return step.perform(member);
    } catch (CutoverException e) {
      throw new StepFailure(step.ref(), member.name(), e);
    } catch (RuntimeException e) {
      throw StepFailure.ofOurs(step.ref(), member.name(), e);
    }
  }

  /**
   * Takes back those of {@code steps} that began here, the last first. An old release that is not
   * healthy any more does not keep the others from being taken back.
   *
   * @throws StepFailure of the first that could not be taken back
   */
  void back(List<Step> steps, Step.Cause why) {
    List<Step> begun = new ArrayList<>(trail.begun(member, steps));
    Collections.reverse(begun);
    Pending pending = new Pending(true);
    Optional<StepFailure> sick = Optional.empty();
    for (Step step : begun) {
      Step.Cause cause = why.with(trail.completed(member, step));
      try {
        pending.add(new Task(step, step.undo(member, cause)));
      } catch (StepFailure e) {
        if (!(e.getCause() instanceof StillSickException)) {
          throw e;
        }
        sick = Optional.of(e);
      }
    }
    pending.send();
    if (sick.isPresent()) {
      throw sick.get();
    }
  }

  /**
   * Performs steps whose failure only warns.
   *
   * @param decisive how many operations at the start must not fail
   * @throws StepFailure if one of the decisive operations failed
   */
  void finish(List<Step> steps, int decisive) {
    finish(new Batch(member, events(false), new Notes(false)), steps, decisive);
  }

  private void finish(Batch batch, List<Step> steps, int decisive) {
    int left = decisive;
    for (Step step : steps) {
      if (!step.runsOn(member)) {
        continue;
      }
      Deed deed = deed(step);
      if (deed instanceof Deed.Ops ops) {
        batch.add(step, ops.ops());
      } else if (deed instanceof Deed.Code code) {
        batch.sendAll(left, this::warn);
        left = 0;
        warning(step, code);
      }
    }
    batch.sendAll(left, this::warn);
  }

  private void warning(Step step, Deed.Code code) {
    try {
      new Task(step, code).run(new Notes(false), events(false));
    } catch (StepFailure e) {
      warn(e);
    }
  }

  private void warn(StepFailure failure) {
    if (failure.lost() || failure.fenced()) {
      throw failure;
    }
    String text = String.valueOf(failure.getMessage());
    String host = member.name() + ": ";
    events(false).warn(text.startsWith(host) ? text.substring(host.length()) : text);
  }

  private Events events(boolean undo) {
    return new Events(tools.listener(), tools.clock(), member.name(), undo);
  }

  /** One step's deed on this member. */
  private final class Task {
    private final Step step;
    private final Deed deed;

    Task(Step step, Deed deed) {
      this.step = step;
      this.deed = deed;
    }

    void run(Notes notes, Events events) {
      var start = events.started(step.ref());
      notes.begin(step);
      try {
        String note =
            ((Deed.Code) deed)
                .work()
                .on(new WorkBench(tools, run, member, trail, step.ref(), events));
        notes.end(step, note);
        events.finished(step.ref(), start, note);
      } catch (NotStartedException e) {
        events.failed(step.ref(), start, String.valueOf(e.getMessage()));
        throw new StepFailure(step.ref(), e.member(), e.reason());
      } catch (CutoverException e) {
        events.failed(step.ref(), start, String.valueOf(e.getMessage()));
        throw new StepFailure(step.ref(), member.name(), e);
      } catch (RuntimeException | LinkageError | VirtualMachineError e) {
        StepFailure failure = StepFailure.ofOurs(step.ref(), member.name(), e);
        events.failed(step.ref(), start, String.valueOf(failure.getMessage()));
        throw failure;
      }
    }
  }

  /** Operations gathered until code comes. */
  private final class Pending {
    private final Batch batch;
    private final Notes notes;
    private final Events events;

    Pending(boolean undo) {
      notes = new Notes(undo);
      events = events(undo);
      batch = new Batch(member, events, notes);
    }

    void add(Task task) {
      if (task.deed instanceof Deed.Ops ops) {
        batch.add(task.step, ops.ops());
      } else if (task.deed instanceof Deed.Code) {
        batch.send();
        task.run(notes, events);
      } else {
        notes.begin(task.step);
        notes.end(task.step, "");
      }
    }

    void send() {
      batch.send();
    }
  }

  /** Writes the trail, forward or back. */
  final class Notes {
    private final boolean undo;

    Notes(boolean undo) {
      this.undo = undo;
    }

    void begin(Step step) {
      if (!undo) {
        trail.begin(member, step);
      }
    }

    void end(Step step, String note) {
      BiConsumer<Member, Step> end = undo ? (m, s) -> trail.undo(m, s, note) : trail::complete;
      end.accept(member, step);
    }
  }
}
