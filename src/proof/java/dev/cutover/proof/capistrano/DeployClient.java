package dev.cutover.proof.capistrano;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Deployments;
import dev.cutover.app.Production;
import dev.cutover.domain.Command;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Hook;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.Targets;
import dev.cutover.domain.Where;
import dev.cutover.event.DeployListener;
import dev.cutover.testkit.app.Requests;
import dev.cutover.testkit.server.SshKeys;
import dev.cutover.transport.ssh.SshOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A release or a rollback without Maven, in a JVM that is there to be killed. */
final class DeployClient {

  private DeployClient() {}

  /**
   * Runs one goal; exits 0 when it succeeded.
   *
   * @param args verb, version, its files, target, key, known hosts
   */
  public static void main(String[] args) {
    OutcomeReport report = run(List.of(args), System.out::println);
    System.out.println(report);
    System.exit(report.success() ? 0 : 1);
  }

  static OutcomeReport run(List<String> args, DeployListener listener) {
    SshOptions ssh = SshKeys.login(Path.of(args.get(4)), Path.of(args.get(5)));
    Deployments deployments = Production.deployments(ssh, listener, "anna@laptop");
    DeployRequest request = request(args.get(1), Path.of(args.get(2)), Targets.parse(args.get(3)));
    return switch (Verb.valueOf(args.get(0))) {
      case DEPLOY -> deployments.release(request);
      case ROLLBACK -> deployments.rollback(request);
      case CLEANUP -> deployments.prune(request);
    };
  }

  private static DeployRequest request(String version, Path files, Target target) {
    Duration second = Duration.ofSeconds(1);
    Requests requests = new Requests(List.of(target), files.resolveSibling(version + "-work"));
    requests.shared = new Shared(List.of("log"), List.of("config/app.properties"));
    requests.restart = Optional.of(new Command("true", Duration.ofSeconds(20)));
    requests.health =
        new HealthPolicy(
            List.of(new HealthCheck.Run("grep -q yes healthy")), second, Duration.ofMillis(100), 1);
    requests.hooks =
        List.of(
            new Hook(
                Hook.Point.BEFORE_SWITCH,
                new Command("grep -q yes fit", Duration.ofSeconds(20)),
                Optional.empty(),
                Where.ALL));
    requests.lockWait = Duration.ofSeconds(90);
    return requests.of(version, files);
  }
}
