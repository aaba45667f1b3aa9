package dev.cutover.mojo.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerTest {

  @Test
  void aPersonIsNamedWithTheMachine() {
    assertThat(Owner.of(Map.of(), "anna", "laptop")).isEqualTo("anna@laptop");
    assertThat(Owner.of(Map.of("GITHUB_RUN_ID", " "), "a b", "x:y")).isEqualTo("a-b@x-y");
  }

  @Test
  void aCiServerIsNamedWithWhoStartedTheJob() {
    assertThat(
            Owner.of(Map.of("GITHUB_RUN_ID", "77", "GITHUB_ACTOR", "octocat"), "runner", "fv-az1"))
        .isEqualTo("octocat@github-run-77");
    assertThat(Owner.of(Map.of("CI_JOB_ID", "9", "GITLAB_USER_LOGIN", "eve"), "root", "r"))
        .isEqualTo("eve@gitlab-job-9");
    assertThat(Owner.of(Map.of("BUILD_TAG", "jenkins-shop-12"), "jenkins", "m"))
        .isEqualTo("jenkins@jenkins-shop-12");
  }
}
