package dev.cutover.mojo.reactor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.execution.BuildSuccess;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.SessionData;

/**
 * Lets releases wait until every module of the build has succeeded, then runs them in reactor
 * order. One for each Maven session; safe under {@code -T}.
 *
 * <p>A goal on the command line runs in every module, so the last module to arrive runs them all. A
 * goal bound to a phase runs only where it is bound: if modules without it are still being built
 * when the last one arrives, the end of the session runs what waits, before Maven says how the
 * build went.
 */
public final class ReleaseQueue {

  private final MavenSession session;
  private final Map<String, Set<MavenProject>> arrived = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean watching;

  ReleaseQueue(MavenSession session) {
    this.session = session;
  }

  /** The queue of this build. */
  public static ReleaseQueue of(MavenSession session) {
    SessionData data = session.getRepositorySession().getData();
    data.set(ReleaseQueue.class, null, new ReleaseQueue(session));
    return (ReleaseQueue) data.get(ReleaseQueue.class);
  }

  /**
   * A module has nothing to release.
   *
   * @return whether every module has arrived and none had anything
   */
  public boolean pass(Ticket ticket) throws MojoFailureException {
    return arrive(ticket, Optional.empty());
  }

  /**
   * A module wants to release. Returns when it has been released, or waits for others.
   *
   * @param places {@link dev.cutover.domain.Target#lockOrder()} of its targets
   * @throws MojoFailureException if another module goes to the same place, or a release failed
   */
  public void add(Ticket ticket, Set<String> places, Release release) throws MojoFailureException {
    arrive(ticket, Optional.of(new Waiting(ticket.project(), places, release)));
  }

  /** A module's release. */
  @FunctionalInterface
  public interface Release {
    void run() throws MojoFailureException;
  }

  /**
   * Who arrives.
   *
   * @param goal the goal and its execution; all modules that run the same one wait for each other
   * @param bound whether a phase runs it, so that it does not run in every module
   */
  public record Ticket(MavenProject project, String goal, boolean bound) {}

  private boolean arrive(Ticket ticket, Optional<Waiting> release) throws MojoFailureException {
    List<Waiting> due;
    synchronized (this) {
      if (release.isPresent()) {
        refuseSamePlace(release.get());
        waiting.add(release.get());
      }
      Set<MavenProject> here =
          arrived.computeIfAbsent(
              ticket.bound() ? "bound" : ticket.goal(), goal -> new HashSet<>());
      here.add(ticket.project());
      if (!session.getProjects().stream().allMatch(p -> done(p, here, ticket.bound()))) {
        watchEnd();
        return false;
      }
      due = take();
    }
    run(due);
    return due.isEmpty();
  }

  private boolean done(MavenProject project, Set<MavenProject> here, boolean bound) {
    return here.contains(project)
        || (bound && session.getResult().getBuildSummary(project) instanceof BuildSuccess);
  }

  private void refuseSamePlace(Waiting release) throws MojoFailureException {
    Optional<Waiting> rival =
        waiting.stream()
            .filter(other -> !other.project().equals(release.project()))
            .filter(other -> !Collections.disjoint(other.places(), release.places()))
            .findFirst();
    if (rival.isPresent()) {
      waiting.clear();
      throw new MojoFailureException(
          ("%s and %s are released to the same host and root; nothing was touched\n"
                  + "  next       give each module a root of its own, e.g."
                  + " …/${project.artifactId}, or configure this plugin only in the module that is"
                  + " released")
              .formatted(rival.get().name(), release.name()));
    }
  }

  private List<Waiting> take() {
    List<Waiting> due = new ArrayList<>(waiting);
    waiting.clear();
    due.sort(Comparator.comparingInt(w -> session.getProjects().indexOf(w.project())));
    return due;
  }

  private void run(List<Waiting> due) throws MojoFailureException {
    for (int i = 0; i < due.size(); i++) {
      try {
        due.get(i).release().run();
      } catch (MojoFailureException e) {
        if (session.getProjects().size() == 1) {
          throw e;
        }
        throw new MojoFailureException(
            due.get(i).name() + ": " + e.getMessage() + notBegun(due.subList(i + 1, due.size())),
            e);
      }
    }
  }

  private static String notBegun(Collection<Waiting> rest) {
    return rest.isEmpty()
        ? ""
        : rest.stream().map(Waiting::name).collect(Collectors.joining(", ", "\n  not begun  ", ""));
  }

  private void watchEnd() {
    if (!watching) {
      watching = true;
      SessionEnd.before(session, this::settle);
    }
  }

  /** The session ends: what still waits runs if all went well. */
  private void settle() {
    List<Waiting> due;
    synchronized (this) {
      due = take();
    }
    if (due.isEmpty()) {
      return;
    }
    try {
      if (session.getResult().hasExceptions()) {
        throw new MojoFailureException(
            "No release was begun, because the build failed."
                + notBegun(due)
                + "\n  next       correct it and run the whole build again; resumed with -rf it would leave"
                + " these out");
      }
      run(due);
    } catch (MojoFailureException | RuntimeException e) {
      session.getResult().addException(e);
    }
  }

  private record Waiting(MavenProject project, Set<String> places, Release release) {
    String name() {
      return project.getGroupId() + ":" + project.getArtifactId();
    }
  }
}
