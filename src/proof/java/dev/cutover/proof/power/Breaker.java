package dev.cutover.proof.power;

import dev.cutover.transport.Connection;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * Stands before the tools that sync and rename, counts their calls, and cuts the power before or
 * after one of them.
 *
 * @param directory of its tools, on another disk
 */
record Breaker(Path directory) {

  static Breaker in(Path directory, Path mount) throws IOException {
    Breaker breaker = new Breaker(Files.createDirectories(directory));
    for (String tool : List.of("sync", "mv")) {
      breaker.wrap(tool, mount);
    }
    return breaker;
  }

  private void wrap(String tool, Path mount) throws IOException {
    String script =
        """
        #!/bin/sh
        # What must not exist is how the tools are tried.
        case "$*" in */dev/null/a*) exec /bin/%1$s "$@" ;; esac
        cut() {
          sleep 0.03
          : >'%2$s/cut'
          perl -e 'my $how = pack("I", 2); open(F, "<", $ARGV[0]) or die; ioctl(F, 0x8004587d, $how)' '%3$s'
          kill -9 $PPID $$
        }
        n=0
        [ ! -s '%2$s/count' ] || read -r n <'%2$s/count'
        n=$((n + 1))
        echo $n >'%2$s/count'
        [ "$CUT" != "before $n" ] || cut
        /bin/%1$s "$@"
        status=$?
        [ "$CUT" != "after $n" ] || cut
        exit $status
        """
            .formatted(tool, directory, mount);
    Path file = directory.resolve(tool);
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A connection whose power goes at {@code boundary}, {@code before n} or {@code after n}. */
  Connection connect(String boundary) {
    return new Darkening(
        new LocalConnection(
            List.of("/bin/sh"),
            Map.of("PATH", directory + ":" + System.getenv("PATH"), "CUT", boundary)),
        this::tripped);
  }

  void reset() throws IOException {
    Files.deleteIfExists(directory.resolve("count"));
    Files.deleteIfExists(directory.resolve("cut"));
  }

  int calls() throws IOException {
    Path count = directory.resolve("count");
    return Files.exists(count) ? Integer.parseInt(Files.readString(count).strip()) : 0;
  }

  boolean tripped() {
    return Files.exists(directory.resolve("cut"));
  }
}
