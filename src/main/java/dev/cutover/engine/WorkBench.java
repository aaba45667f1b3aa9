package dev.cutover.engine;

import dev.cutover.domain.Command;
import dev.cutover.error.CutoverException;
import dev.cutover.error.FencedException;
import dev.cutover.event.StepRef;
import dev.cutover.health.HealthQuestion;
import dev.cutover.health.HealthVerdict;
import dev.cutover.step.Bench;
import dev.cutover.step.Member;
import dev.cutover.step.RunInfo;
import dev.cutover.step.Step;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The bench of one step on one member. */
final class WorkBench implements Bench {

  private final Tools tools;
  private final RunInfo run;
  private final Member member;
  private final Trail trail;
  private final StepRef step;
  private final Events events;

  WorkBench(Tools tools, RunInfo run, Member member, Trail trail, StepRef step, Events events) {
    this.tools = tools;
    this.run = run;
    this.member = member;
    this.trail = trail;
    this.step = step;
    this.events = events;
  }

  @Override
  public Member member() {
    return member;
  }

  @Override
  public List<OpResult> perform(List<HostOp> ops) {
    return perform(ops, line -> {});
  }

  @Override
  public List<OpResult> perform(List<HostOp> ops, Consumer<String> heard) {
    OpListener output =
        new OpListener() {
          @Override
          public void output(int index, String line) {
            events.output(step, line);
            heard.accept(line);
          }
        };
    List<OpResult> results = member.perform(ops, output);
    if (results.get(results.size() - 1).status() == OpResult.FENCED) {
      throw new FencedException(member.name());
    }
    return results;
  }

  @Override
  public Map<String, CutoverException> performElsewhere(List<HostOp> ops) {
    Map<String, CutoverException> failures = new LinkedHashMap<>();
    List<Member> others = member.others();
    List<Optional<CutoverException>> found =
        FanOut.each(tools, others, other -> failureOn(other, ops));
    for (int i = 0; i < others.size(); i++) {
      String name = others.get(i).name();
      found.get(i).ifPresent(failure -> failures.put(name, failure));
    }
    return failures;
  }

  private static Optional<CutoverException> failureOn(Member other, List<HostOp> ops) {
    try {
      List<OpResult> results = other.perform(ops, OpListener.SILENT);
      OpResult last = results.get(results.size() - 1);
      if (last.status() == OpResult.FENCED) {
        return Optional.of(new FencedException(other.name()));
      }
      return last.ok()
          ? Optional.empty()
          : Optional.of(OpFailures.of(ops.get(results.size() - 1), last));
    } catch (CutoverException e) {
      return Optional.of(e);
    }
  }

  @Override
  public void progress(long done, long total) {
    events.progress(step, done, total);
  }

  @Override
  public HealthVerdict probe(HealthQuestion question) {
    HealthVerdict verdict =
        tools
            .probe()
            .untilDecided(
                member.host(),
                question,
                (check, attempt, healthy, detail) ->
                    events.attempted(step, check.label(), attempt, healthy, detail));
    trail.verdict(member, new Ending.Asked(question.directory(), verdict));
    return verdict;
  }

  @Override
  public void runHere(Command command, Map<String, String> environment) {
    runHere(command, environment, line -> {});
  }

  @Override
  public void runHere(Command command, Map<String, String> environment, Consumer<String> heard) {
    tools
        .local()
        .run(
            command,
            run.directory(),
            environment,
            line -> {
              events.output(step, line);
              heard.accept(line);
            });
  }

  @Override
  public CutoverException failure(HostOp op, OpResult result) {
    return OpFailures.of(op, result);
  }

  @Override
  public void remember(Step about, String name, String value) {
    trail.remember(member, about, name, value);
  }

  @Override
  public Optional<String> recall(Step about, String name) {
    return trail.recall(member, about, name);
  }

  @Override
  public void note(String text) {
    trail.note(member, text);
  }

  @Override
  public void tell(String text) {
    events.tell(text);
  }

  @Override
  public void warn(String text) {
    events.warn(text);
  }
}
