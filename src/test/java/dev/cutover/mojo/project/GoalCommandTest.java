package dev.cutover.mojo.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class GoalCommandTest {

  private final Properties typed = new Properties();

  @Test
  void isPlainWhereNothingWasTyped() {
    typed.setProperty("skipTests", "true");
    assertThat(GoalCommand.of(List.of(), typed, "deploy")).isEqualTo("mvn deploy:");
  }

  @Test
  void repeatsWhatSaysWhereAndWhat() {
    typed.setProperty("deploy.target", "sftp://me@h:22/srv/my shop's");
    typed.setProperty("deploy.artifact", "g:a:1");
    typed.setProperty("deploy.force", "true");
    typed.setProperty("deploy.releaseId", "20261122101500");
    assertThat(GoalCommand.of(List.of("staging", "eu"), typed, "g:a:1"))
        .isEqualTo(
            "mvn -Pstaging,eu -Ddeploy.artifact=g:a:1"
                + " '-Ddeploy.target=sftp://me@h:22/srv/my shop'\\''s' g:a:1:");
  }
}
