package dev.cutover.app;

import dev.cutover.domain.OutcomeReport;

/**
 * The goals. Each returns how it ended and never throws for anything that happened on a host; a
 * request that cannot be carried out at all ends as NOTHING_CHANGED.
 */
public interface Deployments {

  OutcomeReport release(DeployRequest request);

  OutcomeReport stage(DeployRequest request);

  OutcomeReport activate(DeployRequest request);

  OutcomeReport rollback(DeployRequest request);

  OutcomeReport status(DeployRequest request);

  OutcomeReport history(DeployRequest request);

  OutcomeReport plan(DeployRequest request);

  OutcomeReport check(DeployRequest request);

  /** Settles what an interrupted run left, as every goal that changes a host does first. */
  OutcomeReport recover(DeployRequest request);

  /** Puts a release and its databases back from its backups. */
  OutcomeReport restore(DeployRequest request);

  OutcomeReport unlock(DeployRequest request);

  OutcomeReport prune(DeployRequest request);

  /** Removes the named release, which is staged and was never live. */
  OutcomeReport discard(DeployRequest request);

  OutcomeReport verify(DeployRequest request);
}
