package dev.cutover.transport.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.transport.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A directory that is a host's whole PATH: other systems, as far as their tools go. */
final class ToolBox implements AutoCloseable {

  private static final List<String> COMMON =
      List.of(
          "awk",
          "cat",
          "chmod",
          "cp",
          "date",
          "dd",
          "df",
          "find",
          "grep",
          "head",
          "id",
          "ls",
          "mkdir",
          "mktemp",
          "od",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sleep",
          "sort",
          "tail",
          "tar",
          "touch",
          "tr",
          "wc");

  private final Path bin;
  private final String rest;

  private ToolBox(Path bin, String rest) {
    this.bin = bin;
    this.rest = rest;
  }

  static ToolBox in(Path directory) {
    try {
      return new ToolBox(Files.createDirectories(directory.resolve("bin")), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This machine's PATH with {@code shell} as its sh. */
  static ToolBox withShell(Path directory, String shell) {
    ToolBox box = new ToolBox(in(directory).bin, ":" + System.getenv("PATH"));
    box.link("sh", find(shell, shell));
    return box;
  }

  /** Everything is busybox, but flock, which is util-linux's. No perl. */
  static ToolBox busybox(Path directory) {
    ToolBox box = in(directory);
    Path busybox = box.tool("busybox", "busybox");
    for (String applet : COMMON) {
      box.link(applet, busybox);
    }
    for (String applet : List.of("sh", "ln", "mv", "stat", "sync", "setsid", "sha256sum")) {
      box.link(applet, busybox);
    }
    box.tool("flock", "util-linux");
    return box;
  }

  /** Neither flock, setsid nor sha256sum; mv and ln know no -T, sync takes no file: perl has to. */
  static ToolBox likeBsd(Path directory) {
    ToolBox box = in(directory);
    COMMON.forEach(tool -> box.tool(tool, "coreutils"));
    box.tool("sh", "dash");
    box.tool("perl", "perl");
    for (String tool : List.of("mv", "ln")) {
      String refuse = "echo '" + tool + ": illegal option -- T' >&2; exit 64";
      box.script(tool, "case $1 in -*T*) " + refuse + " ;; esac\nexec /bin/" + tool + " \"$@\"");
    }
    box.script("sync", "exec /bin/sync");
    return box;
  }

  /** The same with a tool that is this script; {@code REAL} in it is what it stands before. */
  ToolBox with(String tool, String text) throws IOException {
    Path link = bin.resolve(tool);
    Path real = Files.exists(link) ? link.toRealPath() : find(tool, tool);
    boolean box = real.getFileName().toString().equals("busybox");
    Files.deleteIfExists(link);
    script(tool, text.replace("REAL", box ? real + " " + tool : real.toString()));
    return this;
  }

  /** The same with another program as its awk. */
  ToolBox awk(String name) throws IOException {
    Files.deleteIfExists(bin.resolve("awk"));
    link("awk", find(name, name));
    return this;
  }

  ToolBox without(String tool) {
    try {
      Files.delete(bin.resolve(tool));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Connection connect() {
    return new LocalConnection(List.of(bin + "/sh"), Map.of("PATH", bin + rest));
  }

  /** Removes the directory: of links, never of what they lead to. */
  @Override
  public void close() throws IOException {
    try (var files = Files.list(bin)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(bin);
  }

  private Path tool(String name, String debianPackage) {
    Path tool = find(name, debianPackage);
    link(name, tool);
    return tool;
  }

  private void link(String name, Path tool) {
    try {
      Path link = bin.resolve(name);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, tool);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void script(String name, String text) {
    try {
      Path script = bin.resolve(name);
      Files.writeString(script, "#!/bin/sh\n" + text + "\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(String name, String debianPackage) {
    for (String directory : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
      Path tool = Path.of(directory, name);
      if (Files.isExecutable(tool)) {
        return tool;
      }
    }
    assumeTrue(false, name + " is missing: install the Debian package " + debianPackage);
    throw new IllegalStateException(name);
  }
}
