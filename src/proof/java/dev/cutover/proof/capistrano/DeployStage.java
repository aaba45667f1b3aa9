package dev.cutover.proof.capistrano;

import dev.cutover.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool, the host it works on, and copies of the host's deploy root to go back to. */
final class DeployStage implements AutoCloseable {

  private final Path copies;
  private final KillSwitch host;
  private final Deployer tool;

  DeployStage(Path copies, KillSwitch host, Deployer tool) {
    this.copies = copies;
    this.host = host;
    this.tool = tool;
  }

  DeployRoot site() {
    return tool.site();
  }

  /** An empty deploy root, but for what a first deploy must find. */
  void clear() throws IOException {
    Files.createDirectories(site().root());
    Commands.must("find", site().root().toString(), "-mindepth", "1", "-delete");
    tool.prepare();
  }

  void keep(String name) throws IOException {
    Path copy = copies.resolve(name);
    Commands.must("rm", "-rf", copy.toString());
    Files.createDirectories(copies);
    Commands.must("cp", "-a", site().root().toString(), copy.toString());
  }

  /** The root as it was when it was kept, times and all. */
  void back(String name) {
    Commands.must("find", site().root().toString(), "-mindepth", "1", "-delete");
    Commands.must("cp", "-a", copies.resolve(name) + "/.", site().root().toString());
  }

  boolean deploy(VersionTree tree) throws IOException, InterruptedException {
    return host.run(tool, Verb.DEPLOY, tree);
  }

  boolean rollback() throws IOException, InterruptedException {
    return host.run(tool, Verb.ROLLBACK, VersionTree.good(0));
  }

  /** A deploy the test goes on from. */
  void mustDeploy(VersionTree tree) throws IOException, InterruptedException {
    if (!deploy(tree) || !site().serves(tree)) {
      throw new IOException(
          "%s could not deploy %s, %s is live:%n%s"
              .formatted(tool.name(), tree.name(), site().served(), host.said()));
    }
  }

  List<Kill> kills(Verb verb, VersionTree tree) throws IOException, InterruptedException {
    return tool.kills(host.count(tool.client(verb, tree)));
  }

  void kill(Verb verb, VersionTree tree, Kill kill) throws IOException, InterruptedException {
    host.kill(tool.client(verb, tree), kill);
  }

  /** Starts deploys all at once and waits for them; how they end is not asked. */
  void together(List<VersionTree> trees) throws IOException, InterruptedException {
    List<Process> running = new ArrayList<>();
    for (VersionTree tree : trees) {
      running.add(
          tool.client(Verb.DEPLOY, tree)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    for (Process process : running) {
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("a deployer did not end within 10 minutes");
      }
    }
  }

  String said() throws IOException {
    return host.said();
  }

  @Override
  public void close() {
    host.close();
  }
}
