package dev.cutover.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The same job by hand, without locks, checks, syncs and records. */
record Peers(LongLink link, Path directory, Path tree) {

  /** One connection that unpacks and flips. */
  Duration tar(int round) throws IOException, InterruptedException {
    Path root = directory.resolve("tar");
    return link.peer(
        "tar -C '%s' -cf - . | $SSH far 'mkdir -p %s && tar -C %2$s -xf - && %s'"
            .formatted(tree, release(root, round), flip(root, round)));
  }

  /** Rsync, then a second connection that flips. */
  Duration rsync(int round) throws IOException, InterruptedException {
    Path root = directory.resolve("rsync");
    return link.peer(
        "rsync -a --mkpath -e \"$SSH\" '%s/' far:%s/ && $SSH far '%s'"
            .formatted(tree, release(root, round), flip(root, round)));
  }

  private static Path release(Path root, int round) {
    return root.resolve("releases/" + round);
  }

  private static String flip(Path root, int round) {
    return "ln -s %s %s/next && mv -T %2$s/next %2$s/current".formatted(release(root, round), root);
  }
}
