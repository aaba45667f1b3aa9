package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import dev.cutover.app.Production;
import dev.cutover.domain.Target;
import dev.cutover.event.DeployListener;
import dev.cutover.mojo.config.ConnectionSpec;
import dev.cutover.mojo.config.RequestConverter.Job;
import dev.cutover.mojo.project.Owner;
import dev.cutover.mojo.project.ServerCredentials;
import dev.cutover.report.ConsoleReport;
import dev.cutover.report.Listeners;
import dev.cutover.report.OutcomeFile;
import dev.cutover.report.Terminal;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Stop;
import dev.cutover.transport.ssh.SshOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** The one place where Maven's log, settings and session are joined to the goals. */
record DeploymentsFactory(MavenSession session, SettingsDecrypter decrypter, Log log) {

  /**
   * The goals, for one request.
   *
   * @param stop by which they are told to stop
   * @throws dev.cutover.error.CutoverException if a secret of settings.xml cannot be decrypted
   */
  Deployments create(Job job, Stop stop) {
    ConnectionSpec connection = job.connection();
    SshOptions ssh =
        SshOptions.defaults()
            .withKnownHosts(connection.knownHosts().stream().toList())
            .withTrustOnFirstUse(connection.trustOnFirstUse())
            .withCredentials(credentials(job))
            .withNotices(log::info);
    return Production.deployments(ssh, listener(job), owner(), stop);
  }

  private DeployListener listener(Job job) {
    Clock clock = Clock.systemUTC();
    Terminal terminal =
        Terminal.of(
            new Terminal.Signs(
                Terminal.hasScreen(),
                !session.getRequest().isInteractiveMode(),
                !log.isInfoEnabled(),
                session.getRequest().getTransferListener() == null,
                System.getenv()));
    return new Listeners(
        List.of(
            new OutcomeFile(job.request().reports(), clock),
            ConsoleReport.on(new LogConsole(log), terminal, clock)),
        log::warn);
  }

  /** Read before anything is connected to, so that a secret that is missing stops nothing later. */
  private Function<Target.Ssh, Credentials> credentials(Job job) {
    ServerCredentials servers =
        new ServerCredentials(session.getSettings(), decrypter, System.getenv());
    Map<String, Credentials> targets = new HashMap<>();
    for (Target target : job.request().targets()) {
      if (target instanceof Target.Ssh) {
        String id = job.connection().serverId().orElse(target.host());
        targets.put(target.url(), servers.of(id));
      }
    }
    return target ->
        Optional.ofNullable(targets.get(target.url()))
            .orElseGet(() -> servers.onTheWay(target.host()));
  }

  private static String owner() {
    String machine;
    try {
      machine = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      machine = "unknown";
    }
    return Owner.of(System.getenv(), System.getProperty("user.name", "unknown"), machine);
  }
}
