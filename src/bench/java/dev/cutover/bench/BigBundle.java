package dev.cutover.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bundle of 1 GB with a heap of 128 MB: as one file and as a tree, over SSH and to a file. */
final class BigBundle {

  private static final long BYTES = Long.getLong("bench.bytes", 1L << 30);

  private final Place place;
  private final MavenHere maven;

  BigBundle(Place place, MavenHere maven) {
    this.place = place;
    this.maven = maven;
  }

  boolean run() throws Exception {
    boolean good = true;
    try (LongLink link = new LongLink(place)) {
      Path one = place.sub("one");
      Place.noise(one.resolve("big"), BYTES, 1);
      good &= releases("one file", one, link);
      Place.delete(one);
      Path tree = place.tree("tree", 2000, BYTES);
      good &= releases("tree of 2,000 files", tree, link);
    }
    return good;
  }

  private boolean releases(String what, Path bundle, LongLink link) throws Exception {
    Path project = maven.project(place.sub("project"), bundle);
    Map<String, String> environment = new HashMap<>(MavenHere.environment(link));
    environment.put("MAVEN_OPTS", "-Xmx128m");
    Path root = place.directory().resolve("srv");
    boolean good = released(what + " over SSH", project, environment, maven.release(link, root));
    Place.delete(root);
    good &=
        released(
            what + " to file:",
            project,
            environment,
            maven.command(
                "deploy:release", "-Ddeploy.prebuilt=true", "-Ddeploy.target=file://" + root));
    Place.delete(root);
    return good;
  }

  private boolean released(
      String what, Path project, Map<String, String> environment, List<String> command)
      throws Exception {
    try {
      long millis = PeerTool.time(project, environment, command).toMillis();
      return Benchmarks.promise(
          "%s, %,d MB with -Xmx128m".formatted(what, BYTES >> 20), millis + " ms", true);
    } catch (IOException e) {
      System.out.println(e.getMessage());
      return Benchmarks.promise(what, "failed", false);
    }
  }
}
