package dev.cutover.proof.capistrano;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A deployment tool, as a program that is started. */
interface Deployer {

  String name();

  DeployRoot site();

  /** Its client, ready to start. For a rollback {@code tree} says nothing. */
  ProcessBuilder client(Verb verb, VersionTree tree) throws IOException;

  /**
   * Whether a run that nobody disturbs exits 0.
   *
   * @param said gets what it writes
   */
  default boolean run(Verb verb, VersionTree tree, Path said)
      throws IOException, InterruptedException {
    return KillSwitch.finish(client(verb, tree), said) == 0;
  }

  /**
   * The kills a run of this verb is put to.
   *
   * @param calls what a run that was left alone asked of the host
   */
  List<Kill> kills(List<KillSwitch.Call> calls);

  /** What a first deploy finds in place. */
  default Path prepare() throws IOException {
    Path shared = java.nio.file.Files.createDirectories(site().root().resolve("shared/config"));
    java.nio.file.Files.writeString(shared.resolve("app.properties"), "a=b\n");
    return site().root();
  }
}
