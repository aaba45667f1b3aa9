package dev.cutover.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NeighboursTest {

  /** Lines of revisions.log: {@code +1} deployed, {@code -1} rolled back to. */
  private static Neighbours log(String... lines) {
    return new Neighbours(
        Map.of(),
        Arrays.stream(lines)
            .map(line -> new Neighbours.Revision(id(line.substring(1)), line.charAt(0) == '-'))
            .toList());
  }

  private static ReleaseId id(String id) {
    return new ReleaseId(id);
  }

  @Test
  void beforeAReleaseWasTheOneDeployedBeforeIt() {
    assertThat(log("+1", "+2", "+3").liveBefore(id("3"))).contains(id("2"));
    assertThat(log("+1", "+2", "+3").liveBefore(id("2"))).contains(id("1"));
    assertThat(log("+1").liveBefore(id("1"))).isEmpty();
  }

  @Test
  void aReleaseAfterARollbackCameFromWhereThatWent() {
    Neighbours log = log("+1", "+2", "-1", "+3");
    assertThat(log.liveBefore(id("3"))).contains(id("1"));
    assertThat(log.proven(id("2"))).isFalse();
    assertThat(log.proven(id("1"))).isTrue();
  }

  @Test
  void whatNobodyLoggedCameLast() {
    assertThat(log("+1", "+2").liveBefore(id("9"))).contains(id("2"));
    assertThat(log("+1", "+2").proven(id("9"))).isFalse();
    assertThat(Neighbours.NONE.liveBefore(id("9"))).isEmpty();
  }

  @Test
  void aReleaseThatCameBackIsProvenAgain() {
    assertThat(log("+1", "+2", "-1", "-2").proven(id("2"))).isTrue();
  }
}
