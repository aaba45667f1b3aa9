package dev.cutover.proof.capistrano;

import dev.cutover.app.DeployRequest;
import dev.cutover.app.Deployments;
import dev.cutover.app.Production;
import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.Command;
import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Identity;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.ReleaseSpec;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.Targets;
import dev.cutover.domain.Where;
import dev.cutover.event.DeployListener;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Secret;
import dev.cutover.transport.ssh.SshOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A release or a rollback without Maven, in a JVM that is there to be killed. */
final class Client {

  private Client() {}

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
    Credentials credentials =
        new Credentials(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Secret(args.get(4))),
            Optional.empty());
    SshOptions ssh =
        SshOptions.defaults()
            .withKnownHosts(List.of(Path.of(args.get(5))))
            .withCredentials(target -> credentials);
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
    return new DeployRequest(
        new Identity("com.example:shop", version, "abc1234"),
        List.of(target),
        new ReleaseSpec(
            new Shared(List.of("log"), List.of("config/app.properties")),
            Optional.empty(),
            List.of(),
            Optional.of(new Command("true", Duration.ofSeconds(20))),
            new HealthPolicy(
                List.of(new HealthCheck.Run("grep -q yes healthy")),
                second,
                Duration.ofMillis(100),
                1),
            List.of(
                new Hook(
                    Hook.Point.BEFORE_SWITCH,
                    new Command("grep -q yes fit", Duration.ofSeconds(20)),
                    Optional.empty(),
                    Where.ALL)),
            5,
            Duration.ofSeconds(90),
            false),
        Optional.of(
            new BundleSpec(
                List.of(
                    new BundleSpec.Item(
                        "<file>[1]", files, ".", false, List.of(), OptionalInt.empty())))),
        Optional.empty(),
        false,
        files,
        files.resolveSibling(version + "-reports"),
        "mvn deploy:");
  }
}
