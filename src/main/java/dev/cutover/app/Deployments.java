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

  OutcomeReport unlock(DeployRequest request);

  OutcomeReport prune(DeployRequest request);

  OutcomeReport verify(DeployRequest request);
}
