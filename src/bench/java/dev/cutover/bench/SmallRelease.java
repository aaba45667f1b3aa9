package dev.cutover.bench;

import dev.cutover.testkit.link.DelayProxy;
import java.nio.file.Path;
import java.util.Map;

/**
 * A bundle of 20 files and 1 MB over a round trip of 40 ms: how many turns after the login, and how
 * long beyond a Maven that does nothing, beside what others need.
 */
final class SmallRelease {

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
  private static final long MOST_TURNS = 12;
  private static final long MOST_MILLIS = 1200;

  private final Place place;
  private final MavenHere maven;

  SmallRelease(Place place, MavenHere maven) {
    this.place = place;
    this.maven = maven;
  }

  boolean run() throws Exception {
    Path tree = place.tree("small", 20, 1 << 20);
    try (LongLink link = new LongLink(place)) {
      boolean good = turns(link, tree);
      Path project = maven.project(place.sub("project"), tree);
      Path root = place.directory().resolve("srv");
      Map<String, String> environment = MavenHere.environment(link);
      Peers peers = new Peers(link, place.sub("peers"), tree);
      Race race =
          new Race()
              .with(
                  "mvn validate",
                  round -> PeerTool.time(project, environment, maven.command("validate")))
              .with(
                  "mvn deploy:release",
                  round -> PeerTool.time(project, environment, maven.release(link, root)))
              .with("tar | ssh 'tar; flip'", peers::tar);
      if (PeerTool.installed("rsync")) {
        race.with("rsync; ssh flip", peers::rsync);
      }
      race.run(ROUNDS);
      long beyond = race.median("mvn deploy:release") - race.median("mvn validate");
      good &=
          Benchmarks.promise(
              "beyond Maven's own start-up (at most 1200 ms)",
              beyond + " ms",
              beyond <= MOST_MILLIS);
      return good;
    }
  }

  /** Counted at the proxy from the moment the login is done. */
  private boolean turns(LongLink link, Path tree) throws Exception {
    DelayProxy proxy = link.proxy();
    Path root = place.directory().resolve("counted");
    long most = 0;
    for (int release = 1; release <= 3; release++) {
      new Direct(link, place).release(root, tree, proxy::resetTurns);
      most = Math.max(most, proxy.turns());
    }
    return Benchmarks.promise(
        "turns after the login (at most 12)", Long.toString(most), most <= MOST_TURNS);
  }
}
