package dev.cutover.bench;

import java.nio.file.Path;
import java.util.Map;

/** 5,000 files of 100 MB together as a first release, beside {@code tar | ssh tar}. */
final class BigTree {

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
  private static final double MOST = 1.3;

  private final Place place;
  private final MavenHere maven;

  BigTree(Place place, MavenHere maven) {
    this.place = place;
    this.maven = maven;
  }

  boolean run() throws Exception {
    Path tree = place.tree("tree", 5000, 100_000_000);
    try (LongLink link = new LongLink(place)) {
      Path project = maven.project(place.sub("project"), tree);
      Map<String, String> environment = MavenHere.environment(link);
      Peers peers = new Peers(link, place.sub("peers"), tree);
      Race race =
          new Race()
              .with(
                  "mvn validate",
                  round -> PeerTool.time(project, environment, maven.command("validate")))
              .with(
                  "mvn deploy:release",
                  round -> {
                    Path root = place.directory().resolve("srv" + round);
                    var time = PeerTool.time(project, environment, maven.release(link, root));
                    Place.delete(root);
                    return time;
                  })
              .with(
                  "tar | ssh 'tar; flip'",
                  round -> {
                    var time = peers.tar(round);
                    Place.delete(peers.directory());
                    return time;
                  })
              .run(ROUNDS);
      double peer = race.median("tar | ssh 'tar; flip'");
      double whole = race.median("mvn deploy:release");
      double beyond = (whole - race.median("mvn validate")) / peer;
      System.out.printf("%-58s %14.2f%n", "whole run against tar | ssh", whole / peer);
      return Benchmarks.promise(
          "beyond Maven's start-up, against tar | ssh (at most 1.3)",
          "%.2f".formatted(beyond),
          beyond <= MOST);
    }
  }
}
