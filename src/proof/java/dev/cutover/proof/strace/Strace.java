package dev.cutover.proof.strace;

import dev.cutover.testkit.Commands;
import dev.cutover.transport.Connection;
import dev.cutover.transport.local.LocalConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Shells under strace, which writes what they do, and disturbs it.
 *
 * @param output where it writes
 */
record Strace(Path output) {

  private static final String CALLS =
      "?open,openat,?creat,?rename,renameat,renameat2,?symlink,symlinkat,?link,linkat,?unlink,"
          + "unlinkat,?rmdir,?mkdir,mkdirat,write,pwrite64,fsync,fdatasync,sync_file_range,syncfs,"
          + "ftruncate,?truncate,fchmod,?chmod,fchmodat,utimensat,flock,fallocate,copy_file_range";

  /** Whether it is there and may trace. */
  static boolean works() {
    return Commands.run("strace", "-qq", "-e", "trace=none", "true").ok();
  }

  /** A connection whose shells are only listened to. */
  Connection listening() {
    return connection(List.of("--seccomp-bpf", "-e", "trace=" + CALLS));
  }

  /** A connection to which {@code fault} happens at {@code call}. */
  Connection injecting(FileCall call, CallFault fault) {
    List<String> options = new ArrayList<>();
    // Where only these calls are stopped at, no signal is delivered.
    if (!fault.injection().contains("signal=")) {
      options.add("--seccomp-bpf");
    }
    options.addAll(List.of("-P", call.path(), "-e", "trace=" + call.name(), "-e"));
    options.add("inject=%s:%s:when=%d".formatted(call.name(), fault.injection(), call.nth()));
    return connection(options);
  }

  private Connection connection(List<String> options) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("strace", "-f", "-y", "-qq", "-s", "0"));
    // The programs of one connection write one after the other.
    command.addAll(List.of("-A", "-o", output.toString(), "-e", "signal=none"));
    command.addAll(options);
    command.add("/bin/sh");
    return new LocalConnection(command, Map.of("LC_ALL", "C"));
  }

  Trace trace() throws IOException {
    return Files.exists(output) ? Trace.read(output) : new Trace(List.of());
  }

  /**
   * Waits until a call has been stopped, and kills all there is below that strace, itself included.
   * Ends when interrupted.
   */
  Thread killer() {
    Thread killer = new Thread(this::killAtInjection, "killer");
    killer.setDaemon(true);
    killer.start();
    return killer;
  }

  private void killAtInjection() {
    try {
      while (!Files.exists(output) || !Files.readString(output).contains("INJECTED")) {
        Thread.sleep(3);
      }
      // A supervisor is nobody's child any more, but it is called with its place.
      String place = String.valueOf(output.getParent());
      List<ProcessHandle> all = new ArrayList<>();
      ProcessHandle.allProcesses()
          .filter(process -> process.info().commandLine().orElse("").contains(place))
          .forEach(
              process -> {
                process.descendants().forEach(all::add);
                all.add(process);
              });
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
