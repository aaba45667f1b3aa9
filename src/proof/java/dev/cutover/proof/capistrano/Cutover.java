package dev.cutover.proof.capistrano;

import dev.cutover.domain.OutcomeReport;
import dev.cutover.testkit.Jvm;
import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** We, as a JVM of its own that can be killed. */
final class Cutover implements Deployer {

  private final Path directory;
  private final DeployRoot site;
  private final OpenSshServer server;

  Cutover(Path directory, Path root, OpenSshServer server) {
    this.directory = directory;
    this.site = new DeployRoot(root);
    this.server = server;
  }

  @Override
  public String name() {
    return "Cutover";
  }

  @Override
  public DeployRoot site() {
    return site;
  }

  @Override
  public ProcessBuilder client(Verb verb, VersionTree tree) throws IOException {
    Path files = directory.resolve("files").resolve(tree.name());
    if (!Files.isDirectory(files)) {
      tree.write(files);
    }
    return new ProcessBuilder(
        Jvm.command(
            DeployClient.class,
            verb.name(),
            tree.name(),
            files.toString(),
            server.target(site.root()).url(),
            server.key().toString(),
            server.knownHosts().toString()));
  }

  /** In this JVM, which is started already. */
  @Override
  public boolean run(Verb verb, VersionTree tree, Path said) throws IOException {
    List<String> command = client(verb, tree).command();
    int arguments = command.indexOf(DeployClient.class.getName()) + 1;
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    OutcomeReport report =
        DeployClient.run(
            command.subList(arguments, command.size()), event -> log.add(event.toString()));
    log.add(report.toString());
    Files.write(said, log);
    return report.success();
  }

  /** Before and after every program a script starts, until the lock is given back. */
  @Override
  public List<Kill> kills(List<KillSwitch.Call> calls) {
    List<Kill> kills = new ArrayList<>();
    for (KillSwitch.Call call : calls) {
      String what = call.what().replaceAll("\\s+", " ").replace(site.root().toString(), "");
      what = what.length() > 90 ? what.substring(0, 90) + "…" : what;
      kills.add(new Kill(call.number(), Kill.Moment.BEFORE, 0, what));
      if (call.what().matches("rm -r?f .*/[.]cutover/lock")) {
        // What is killed after that has ended, though it could not say so.
        break;
      }
      kills.add(new Kill(call.number(), Kill.Moment.AFTER, 0, what));
    }
    return kills;
  }
}
