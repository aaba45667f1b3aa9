package dev.cutover.proof.capistrano;

import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An sshd whose sessions are counted call by call and, when told to, killed at one, together with
 * the client. A call is a command that the client asks for, or, with {@link Grain#TOOLS}, each
 * program that a script of ours starts on the host, which is finer.
 */
final class KillSwitch implements AutoCloseable {

  /** What counts as a call. */
  enum Grain {
    COMMANDS,
    TOOLS
  }

  /**
   * One call as it was counted.
   *
   * @param millis how long it took; 0 where it was not timed
   */
  record Call(int number, long millis, String what) {}

  private static final List<String> TOOLS =
      List.of(
          "mv",
          "ln",
          "rm",
          "mkdir",
          "sync",
          "touch",
          "cp",
          "tar",
          "dd",
          "flock",
          "setsid",
          "chmod",
          "find",
          "sha256sum");

  private final Path control;
  private final OpenSshServer server;

  private KillSwitch(Path control, OpenSshServer server) {
    this.control = control;
    this.server = server;
  }

  static KillSwitch start(Path directory, Grain grain) throws IOException {
    Path control = Files.createDirectories(directory.resolve("control"));
    script(control.resolve("lib"), LIB, control);
    Path session = script(control.resolve("session"), SESSION, control);
    Path shims = Files.createDirectories(control.resolve("shims"));
    if (grain == Grain.TOOLS) {
      Path shim = script(control.resolve("shim"), SHIM, control);
      for (String tool : TOOLS) {
        Files.createSymbolicLink(shims.resolve(tool), shim);
      }
    }
    OpenSshServer server =
        OpenSshServer.start(
            Files.createDirectories(directory.resolve("sshd")),
            "ForceCommand " + session,
            "MaxStartups 200",
            "MaxSessions 50");
    return new KillSwitch(control, server);
  }

  OpenSshServer server() {
    return server;
  }

  private static Path script(Path file, String text, Path control) throws IOException {
    Files.writeString(file, text.replace("@CONTROL@", control.toString()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  /** Whether a run, left alone, exits 0. */
  boolean run(Deployer tool, Verb verb, VersionTree tree) throws IOException, InterruptedException {
    Files.deleteIfExists(control.resolve("count"));
    boolean ok = tool.run(verb, tree, control.resolve("said"));
    end();
    return ok;
  }

  /** What a client asks of the host. */
  List<Call> count(ProcessBuilder client) throws IOException, InterruptedException {
    Files.deleteIfExists(control.resolve("calls"));
    Files.deleteIfExists(control.resolve("count"));
    Files.writeString(control.resolve("counting"), "");
    int status = finish(client, control.resolve("said"));
    end();
    Files.delete(control.resolve("counting"));
    if (status != 0) {
      throw new IOException("status " + status + ":\n" + said());
    }
    List<Call> calls = new ArrayList<>();
    for (String line : Files.readAllLines(control.resolve("calls"))) {
      String[] words = line.split(" ", 3);
      if (words.length == 3 && words[0].matches("\\d+")) {
        calls.add(new Call(Integer.parseInt(words[0]), Long.parseLong(words[1]), words[2]));
      }
    }
    return calls;
  }

  /**
   * Starts a client and kills it.
   *
   * @return whether it was killed; else it came to its end before that call
   */
  boolean kill(ProcessBuilder client, Kill kill) throws IOException, InterruptedException {
    Files.deleteIfExists(control.resolve("count"));
    Files.deleteIfExists(control.resolve("victim"));
    Files.deleteIfExists(control.resolve("killed"));
    Files.writeString(
        control.resolve("kill"),
        "%d %s %.3f%n".formatted(kill.call(), kill.moment(), kill.pause() / 1000.0));
    Process process = start(client, control.resolve("said"));
    Files.writeString(control.resolve("victim"), process.pid() + "\n");
    finish(process);
    boolean killed = Files.exists(control.resolve("killed"));
    end();
    Files.deleteIfExists(control.resolve("killed"));
    Files.delete(control.resolve("kill"));
    return killed;
  }

  /**
   * Ends what is left of every session. The call that was told to stop goes first: it may have lost
   * its parents, and must not do more.
   */
  private void end() throws IOException, InterruptedException {
    Path killed = control.resolve("killed");
    if (Files.exists(killed)) {
      long stopped = Long.parseLong(Files.readString(killed).strip());
      ProcessHandle.of(stopped).ifPresent(ProcessHandle::destroyForcibly);
      server.killSessions();
    }
    for (int i = 0; server.hasSessions(); i++) {
      if (i > 100) {
        server.killSessions();
      }
      Thread.sleep(20);
    }
  }

  static int finish(ProcessBuilder client, Path said) throws IOException, InterruptedException {
    return finish(start(client, said));
  }

  private static int finish(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new IOException("a client did not end within 5 minutes");
    }
    return process.exitValue();
  }

  private static Process start(ProcessBuilder client, Path said) throws IOException {
    return client
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  /** What the last client wrote. */
  String said() throws IOException {
    return new String(Files.readAllBytes(control.resolve("said")), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.killSessions();
    server.close();
  }

  private static final String LIB =
      """
      # next: N is the number of this call; STOP when it is the one to be killed at.
      next() {
        printf . >>"$C/count"
        N=$(/usr/bin/stat -c %s "$C/count")
        STOP=
        if [ -e "$C/kill" ]; then
          read -r at moment pause <"$C/kill"
          if [ "$N" = "$at" ]; then STOP=$moment; fi
        fi
      }

      # die: kills the client, and waits to be killed itself.
      die() {
        until [ -s "$C/victim" ]; do /usr/bin/sleep 0.02; done
        read -r victim <"$C/victim"
        kill -9 "$victim"
        echo "$$" >"$C/killed"
        exec /usr/bin/sleep 600
      }
      """;

  private static final String SESSION =
      """
      #!/bin/sh
      C='@CONTROL@'
      . "$C/lib"
      case $SSH_ORIGINAL_COMMAND in
      internal-sftp) set -- /usr/lib/openssh/sftp-server ;;
      *) set -- /bin/sh -c "$SSH_ORIGINAL_COMMAND" ;;
      esac
      if [ -e "$C/shims/mv" ]; then
        PATH=$C/shims:$PATH
        export PATH
        exec "$@"
      fi
      next
      case $STOP in
      BEFORE) die ;;
      DURING)
        /usr/bin/setsid "$@" &
        running=$!
        /usr/bin/sleep "$pause"
        kill -9 "-$running"
        die
        ;;
      AFTER)
        "$@"
        die
        ;;
      esac
      if [ -e "$C/counting" ]; then
        from=$(/usr/bin/date +%s%N)
        "$@"
        status=$?
        to=$(/usr/bin/date +%s%N)
        printf '%s %s %s\\n' "$N" "$(((to - from) / 1000000))" "$SSH_ORIGINAL_COMMAND" >>"$C/calls"
        exit "$status"
      fi
      exec "$@"
      """;

  private static final String SHIM =
      """
      #!/bin/sh
      C='@CONTROL@'
      . "$C/lib"
      real=/usr/bin/${0##*/}
      next
      if [ -e "$C/counting" ]; then printf '%s 0 %s\\n' "$N" "${0##*/} $*" >>"$C/calls"; fi
      case $STOP in
      BEFORE) die ;;
      AFTER)
        "$real" "$@"
        die
        ;;
      esac
      exec "$real" "$@"
      """;
}
