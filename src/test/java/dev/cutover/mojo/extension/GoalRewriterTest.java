package dev.cutover.mojo.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoalRewriterTest {

  private static final String US = "dev.cutover:cutover-deploy-maven-plugin:1.2:";
  private static final String THEM = "org.apache.maven.plugins:maven-deploy-plugin:";
  private final GoalRewriter building = rewriter(true);

  @ParameterizedTest
  @ValueSource(strings = {"release", "stage", "bundle", "release@staging"})
  void packagesDirectlyBeforeGoalsThatNeedABuild(String goal) {
    assertThat(rewrite("clean", "deploy:" + goal)).containsExactly("clean", "package", US + goal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "activate",
        "rollback",
        "status",
        "history",
        "plan",
        "check",
        "recover",
        "unlock",
        "prune",
        "discard",
        "verify",
        "help",
        "rollback@staging"
      })
  void buildsNothingForTheOthers(String goal) {
    assertThat(rewrite("deploy:" + goal)).containsExactly(US + goal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "package",
        "pre-integration-test",
        "integration-test",
        "post-integration-test",
        "verify",
        "install",
        "deploy",
        "after:package",
        "before:install"
      })
  void neverBuildsTwice(String phase) {
    assertThat(rewrite(phase, "deploy:release")).containsExactly(phase, US + "release");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "prepare-package", "clean", "site", "before:package"})
  void aPhaseThatDoesNotPackageDoesNotCount(String phase) {
    assertThat(rewrite(phase, "deploy:release")).containsExactly(phase, "package", US + "release");
  }

  @Test
  void aPhaseAfterwardsDoesNotCount() {
    assertThat(rewrite("deploy:release", "install"))
        .containsExactly("package", US + "release", "install");
  }

  @Test
  void packagesOnceForSeveralGoals() {
    assertThat(rewrite("deploy:status", "deploy:stage", "deploy:release@two"))
        .containsExactly(US + "status", "package", US + "stage", US + "release@two");
  }

  @ParameterizedTest
  @CsvSource({
    "deploy:deploy, deploy",
    "deploy:deploy-file, deploy-file",
    "deploy:deploy@again, deploy@again"
  })
  void leavesPublishingToTheDeployPlugin(String typed, String goal) {
    assertThat(rewrite(typed)).containsExactly(THEM + goal);
  }

  @Test
  void knowsItselfByCoordinatesToo() {
    assertThat(rewrite("dev.cutover:cutover-deploy-maven-plugin:release"))
        .containsExactly("package", "dev.cutover:cutover-deploy-maven-plugin:release");
    assertThat(rewrite(US + "release@x")).containsExactly("package", US + "release@x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deploy:no-such-goal",
        "release:release",
        "other.group:cutover-deploy-maven-plugin:release",
        "dev.cutover:cutover-deploy-maven-plugin-more:1:release",
        "dependency:tree",
        "deploy",
        "deploy:",
        ":release",
        ""
      })
  void leavesEverythingElseAlone(String task) {
    assertThat(rewrite(task)).containsExactly(task);
  }

  @Test
  void buildsNothingForPublishedOrPrebuiltBytes() {
    assertThat(rewriter(false).rewrite(List.of("clean", "deploy:release")))
        .containsExactly("clean", US + "release");
  }

  private List<String> rewrite(String... tasks) {
    return building.rewrite(List.of(tasks));
  }

  private static GoalRewriter rewriter(boolean build) {
    return new GoalRewriter("dev.cutover", "cutover-deploy-maven-plugin", "1.2", build);
  }
}
