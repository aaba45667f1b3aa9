package dev.cutover.app;

import dev.cutover.domain.Goal;
import dev.cutover.domain.OutcomeReport;

/** The goals, each in a line or two. */
public final class DefaultDeployments implements Deployments {

  private final Wiring wiring;

  public DefaultDeployments(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public OutcomeReport release(DeployRequest request) {
    return new MutatingRun(wiring, request, Goal.RELEASE, Decisions::release).run();
  }

  @Override
  public OutcomeReport stage(DeployRequest request) {
    return new MutatingRun(wiring, request, Goal.STAGE, Decisions::stage).run();
  }

  @Override
  public OutcomeReport activate(DeployRequest request) {
    return new MutatingRun(wiring, request, Goal.ACTIVATE, Decisions::activate).run();
  }

  @Override
  public OutcomeReport rollback(DeployRequest request) {
    return new MutatingRun(wiring, request, Goal.ROLLBACK, Decisions::rollback).run();
  }

  @Override
  public OutcomeReport prune(DeployRequest request) {
    return new MutatingRun(wiring, request, Goal.PRUNE, Pruning::decide).run();
  }

  @Override
  public OutcomeReport discard(DeployRequest request) {
    return new MutatingRun(wiring, request, Goal.DISCARD, Discarding::decide).run();
  }

  @Override
  public OutcomeReport recover(DeployRequest request) {
    return new MutatingRun(wiring, request, Goal.RECOVER, Decisions::none).run();
  }

  @Override
  public OutcomeReport restore(DeployRequest request) {
    return new MutatingRun(wiring, request, Goal.RESTORE, Restoring::decide).run();
  }

  @Override
  public OutcomeReport unlock(DeployRequest request) {
    return new Unlocking(wiring, request).run();
  }

  @Override
  public OutcomeReport plan(DeployRequest request) {
    return new Planning(wiring, request).run();
  }

  @Override
  public OutcomeReport status(DeployRequest request) {
    return new Looking(wiring, request, Goal.STATUS).each(Looking::status, Looking.Faults.NONE);
  }

  @Override
  public OutcomeReport history(DeployRequest request) {
    return new Looking(wiring, request, Goal.HISTORY).each(Looking::history, Looking.Faults.NONE);
  }

  @Override
  public OutcomeReport check(DeployRequest request) {
    return new Looking(wiring, request, Goal.CHECK).each(Looking::check, Looking.Faults.PROBLEMS);
  }

  @Override
  public OutcomeReport verify(DeployRequest request) {
    return new Looking(wiring, request, Goal.VERIFY).each(Looking::verify, Looking.Faults.DRIFT);
  }
}
