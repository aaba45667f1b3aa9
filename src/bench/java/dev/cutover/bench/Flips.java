package dev.cutover.bench;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * 500 switches by the host script while readers go through {@code current} as fast as they can: a
 * loop in this program, and nginx under load from wrk. Not one read may fail.
 */
final class Flips {

  private static final int FLIPS = Integer.getInteger("bench.flips", 500);
  private static final String RUN = "00000000000000bb";

  private final Host host;
  private final Layout layout;
  private final LockToken token;

  private Flips(Host host, LockReply.Granted lock) {
    this.host = host;
    this.layout = lock.facts().layout();
    this.token = lock.token();
  }

  static boolean run(Place place) throws Exception {
    Path root = place.sub("srv");
    for (String release : List.of("one", "two")) {
      Path tree = Files.createDirectories(root.resolve("releases/" + release));
      Place.noise(tree.resolve("file"), 8192, release.hashCode());
    }
    // Nginx may run its workers as a user of its own.
    Files.setPosixFilePermissions(place.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Target target =
        new Target.Local(
            new Target.Root.Absolute(new RemotePath(root.toString())), root.toUri().toString());
    try (Host host = new ScriptedHost(target, new LocalConnection())) {
      LockReply lock =
          host.lock(
              new LockRequest(RUN, "bench@here", Goal.RELEASE, List.of(target.url()), target.url()),
              new FactsQuery(target.root(), new Shared(List.of(), List.of())));
      Flips flips = new Flips(host, (LockReply.Granted) lock);
      flips.flip(0);
      boolean read = flips.underReader(root);
      return flips.underNginx(place, root) && read;
    }
  }

  private boolean underReader(Path root) throws Exception {
    try (Reader reader = Reader.of(root.resolve("current/file"))) {
      flipAll();
      reader.stop();
      return Benchmarks.promise(
          "%d flips, %,d reads: failed".formatted(FLIPS, reader.reads()),
          Long.toString(reader.failures()),
          reader.failures() == 0 && reader.reads() > FLIPS);
    }
  }

  private boolean underNginx(Place place, Path root) throws Exception {
    if (!Nginx.installed()) {
      System.out.println("skipped: needs nginx and wrk (Debian: nginx-light, wrk)");
      return true;
    }
    try (Nginx nginx = Nginx.serving(place.sub("nginx"), root.resolve("current"))) {
      Nginx.Load load = nginx.load("/file");
      flipAll();
      Nginx.Answers answers = load.end();
      return Benchmarks.promise(
          "%d flips, %,d answers of nginx: not 200, or none".formatted(FLIPS, answers.all()),
          Long.toString(answers.bad()),
          answers.bad() == 0 && answers.all() > FLIPS);
    }
  }

  private void flipAll() throws IOException {
    long start = System.nanoTime();
    for (int i = 1; i <= FLIPS; i++) {
      flip(i);
    }
    System.out.printf(
        "%d flips, each a script of its own: %.1f ms each%n",
        FLIPS, (System.nanoTime() - start) / 1e6 / FLIPS);
  }

  private void flip(int number) throws IOException {
    RemotePath to = layout.releases().child(number % 2 == 0 ? "one" : "two");
    List<OpResult> results =
        host.perform(
            layout,
            token,
            List.of(new HostOp.Switch(RUN, to, Optional.empty(), Optional.empty())),
            OpListener.SILENT);
    if (!results.get(0).ok()) {
      throw new IOException("flip " + number + " failed: " + results.get(0).message());
    }
  }
}
