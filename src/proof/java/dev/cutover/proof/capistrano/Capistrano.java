package dev.cutover.proof.capistrano;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.testkit.Commands;
import dev.cutover.testkit.server.OpenSshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real {@code cap}, with the project its documentation shows: git, linked files, a check. */
final class Capistrano implements Deployer {

  private static final Path CAP = Path.of("/usr/bin/cap");

  private final Path project;
  private final Path source;
  private final DeployRoot site;

  private Capistrano(Path project, Path source, DeployRoot site) {
    this.project = project;
    this.source = source;
    this.site = site;
  }

  /** A project that deploys to {@code root}, or a skipped test where there is no {@code cap}. */
  static Capistrano project(Path directory, Path root, OpenSshServer server) throws IOException {
    assumeTrue(Files.isExecutable(CAP), "needs cap (Debian: capistrano)");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "needs git (Debian: git)");
    Path project = directory.resolve("project");
    Files.createDirectories(project.resolve("config/deploy"));
    Path source = Files.createDirectories(directory.resolve("source"));
    Files.writeString(
        project.resolve("Capfile"),
        """
        require "capistrano/setup"
        require "capistrano/deploy"
        require "capistrano/scm/git"
        install_plugin Capistrano::SCM::Git
        """);
    Files.writeString(
        project.resolve("config/deploy.rb"),
        DEPLOY
            .replace("@SOURCE@", source.toString())
            .replace("@ROOT@", root.toString())
            .replace("@KEY@", server.key().toString())
            .replace("@KNOWN@", server.knownHosts().toString()));
    Files.writeString(
        project.resolve("config/deploy/production.rb"),
        "server \"127.0.0.1\", user: \"%s\", port: %d, roles: %%w[app]%n"
            .formatted(server.user(), server.port()));
    Commands.must("git", "init", "-q", "-b", "main", source.toString());
    return new Capistrano(project, source, new DeployRoot(root));
  }

  private static final String DEPLOY =
      """
      set :application, "shop"
      set :repo_url, "file://@SOURCE@"
      set :branch, ENV.fetch("BRANCH")
      set :deploy_to, "@ROOT@"
      set :keep_releases, ENV.fetch("KEEP").to_i
      set :linked_dirs, %w[log]
      set :linked_files, %w[config/app.properties]
      set :local_user, "anna"
      set :ssh_options, keys: ["@KEY@"], keys_only: true, auth_methods: %w[publickey],
        user_known_hosts_file: ["@KNOWN@"], config: false, use_agent: false

      namespace :shop do
        task :fit do
          on(roles(:app)) { within(release_path) { execute :grep, "-q", "yes", "fit" } }
        end
        task :healthy do
          on(roles(:app)) { within(release_path) { execute :grep, "-q", "yes", "healthy" } }
        end
      end
      before "deploy:publishing", "shop:fit"
      after "deploy:publishing", "shop:healthy"
      """;

  /** Makes the branches of these versions; the tool only sees what is committed. */
  Capistrano with(List<VersionTree> trees) throws IOException {
    for (VersionTree tree : trees) {
      git("checkout", "-q", "-B", tree.name());
      tree.write(source);
      git("add", "-A");
      git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", tree.name());
    }
    return this;
  }

  private void git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", source.toString()));
    command.addAll(List.of(arguments));
    Commands.must(command);
  }

  @Override
  public String name() {
    return "Capistrano";
  }

  @Override
  public DeployRoot site() {
    return site;
  }

  @Override
  public ProcessBuilder client(Verb verb, VersionTree tree) {
    String task =
        switch (verb) {
          case DEPLOY -> "deploy";
          case ROLLBACK -> "deploy:rollback";
          case CLEANUP -> "deploy:cleanup";
        };
    ProcessBuilder builder =
        new ProcessBuilder(CAP.toString(), "production", task).directory(project.toFile());
    builder.environment().put("BRANCH", tree.name());
    builder.environment().put("KEEP", verb == Verb.CLEANUP ? "1" : "5");
    return builder;
  }

  /** Before every command, and half way through each that changes something. */
  @Override
  public List<Kill> kills(List<KillSwitch.Call> calls) {
    List<Kill> kills = new ArrayList<>();
    for (KillSwitch.Call call : calls) {
      String what = call.what().replaceAll("\\d{14}", "ID").replaceAll("\\s+", " ");
      what = what.length() > 90 ? "…" + what.substring(what.length() - 90) : what;
      kills.add(new Kill(call.number(), Kill.Moment.BEFORE, 0, what));
      if (call.what().matches("(?s).*\\b(git|tar|rm)\\b.*")) {
        kills.add(new Kill(call.number(), Kill.Moment.DURING, call.millis() / 2, what));
      }
    }
    return kills;
  }
}
