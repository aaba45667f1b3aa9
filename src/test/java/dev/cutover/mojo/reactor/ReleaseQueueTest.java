package dev.cutover.mojo.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.mojo.reactor.ReleaseQueue.Ticket;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.AbstractExecutionListener;
import org.apache.maven.execution.BuildSuccess;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.DefaultPlexusContainer;
import org.codehaus.plexus.PlexusContainerException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.Test;

class ReleaseQueueTest {

  private final List<String> log = new ArrayList<>();
  private final MavenProject front = module("front");
  private final MavenProject back = module("back");
  private final MavenProject tests = module("tests");
  private final MavenSession session;
  private final ReleaseQueue queue;

  @SuppressWarnings("deprecation")
  ReleaseQueueTest() throws PlexusContainerException {
    session =
        new MavenSession(
            new DefaultPlexusContainer(),
            new DefaultRepositorySystemSession(),
            new DefaultMavenExecutionRequest()
                .setExecutionListener(
                    new AbstractExecutionListener() {
                      @Override
                      public void sessionEnded(ExecutionEvent event) {
                        log.add("verdict");
                      }
                    }),
            new DefaultMavenExecutionResult());
    session.setProjects(List.of(front, back, tests));
    queue = ReleaseQueue.of(session);
  }

  @Test
  void isOneForASession() {
    assertThat(ReleaseQueue.of(session)).isSameAs(queue);
  }

  @Test
  void theLastModuleToArriveRunsAllInReactorOrder() throws MojoFailureException {
    add(back, false);
    add(front, false);
    assertThat(log).isEmpty();
    assertThat(queue.pass(ticket(tests, false))).isFalse();
    assertThat(log).containsExactly("front", "back");
    end();
    assertThat(log).containsExactly("front", "back", "verdict");
  }

  @Test
  void saysWhenNobodyHadAnything() throws MojoFailureException {
    assertThat(queue.pass(ticket(front, false))).isFalse();
    assertThat(queue.pass(ticket(back, false))).isFalse();
    assertThat(queue.pass(ticket(tests, false))).isTrue();
  }

  @Test
  void aBoundGoalWaitsForModulesThatDoNotRunIt() throws MojoFailureException {
    add(front, true);
    session.getResult().addBuildSummary(new BuildSuccess(front, 1));
    add(back, true);
    assertThat(log).isEmpty();
    end();
    assertThat(log).containsExactly("front", "back", "verdict");
    assertThat(session.getResult().getExceptions()).isEmpty();
  }

  @Test
  void aBoundGoalRunsAtOnceWhenTheOthersHaveSucceeded() throws MojoFailureException {
    session.getResult().addBuildSummary(new BuildSuccess(front, 1));
    session.getResult().addBuildSummary(new BuildSuccess(tests, 1));
    add(back, true);
    assertThat(log).containsExactly("back");
  }

  @Test
  void nothingIsReleasedWhenTheBuildFailed() throws MojoFailureException {
    add(front, true);
    session.getResult().addException(new IllegalStateException("tests: compilation"));
    end();
    assertThat(log).containsExactly("verdict");
    assertThat(session.getResult().getExceptions().get(1))
        .hasMessageContaining("No release was begun")
        .hasMessageContaining("g:front");
  }

  @Test
  void aFailureAtTheEndFailsTheBuildBeforeTheVerdict() throws MojoFailureException {
    queue.add(
        ticket(front, true),
        Set.of("a"),
        () -> {
          throw new MojoFailureException("REVERTED");
        });
    add(back, true);
    end();
    assertThat(log).containsExactly("verdict");
    assertThat(session.getResult().getExceptions())
        .singleElement()
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessageContaining("g:front: REVERTED")
                    .hasMessageContaining("not begun  g:back"));
  }

  @Test
  void twoModulesNeverGoToTheSamePlace() throws MojoFailureException {
    queue.add(ticket(front, false), Set.of("h:22:/srv/a", "i:22:/srv/a"), () -> log.add("front"));
    assertThatThrownBy(
            () -> queue.add(ticket(back, false), Set.of("h:22:/srv/a"), () -> log.add("back")))
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("g:front and g:back");
    end();
    assertThat(log).containsExactly("verdict");
  }

  private void add(MavenProject project, boolean bound) throws MojoFailureException {
    String name = project.getArtifactId();
    queue.add(ticket(project, bound), Set.of(name), () -> log.add(name));
  }

  private void end() {
    session
        .getRequest()
        .getExecutionListener()
        .sessionEnded(
            (ExecutionEvent)
                Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {ExecutionEvent.class},
                    (proxy, method, arguments) -> session));
  }

  private static Ticket ticket(MavenProject project, boolean bound) {
    return new Ticket(project, "release@default-cli", bound);
  }

  private static MavenProject module(String name) {
    MavenProject project = new MavenProject();
    project.setGroupId("g");
    project.setArtifactId(name);
    project.setVersion("1");
    return project;
  }
}
