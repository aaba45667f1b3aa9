package dev.cutover.mojo;

import dev.cutover.mojo.config.BundleXml;
import dev.cutover.mojo.config.CommandXml;
import dev.cutover.mojo.config.DeployXml;
import dev.cutover.mojo.config.HealthXml;
import dev.cutover.mojo.config.HookXml;
import dev.cutover.mojo.config.MigrationsXml;
import dev.cutover.mojo.config.SharedXml;
import java.util.List;
import java.util.Properties;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The parameters, as texts: they are read and checked in one place, {@link DeployXml}'s package.
 */
abstract class Parameters extends AbstractMojo {

  /**
   * Where to release: <code>sftp://user@host:port/srv/shop</code>, <code>sftp://host/~/shop</code>
   * below the login user's home, or <code>file:///srv/shop</code> on this machine. Several are
   * separated by commas; the first one coordinates. Write <code>%2C</code> for a comma in a path. A
   * value typed with <code>-D</code> wins over the POM's.
   */
  @Parameter(property = "deploy.target")
  private @Nullable String target;

  /** Several targets, instead of <code>target</code>. */
  @Parameter private @Nullable List<String> targets;

  /**
   * The id of the <code>server</code> in settings.xml that holds the login. Default: the target's
   * host name. The environment variables CUTOVER_PASSWORD, CUTOVER_PASSPHRASE and
   * CUTOVER_PRIVATE_KEY win over it.
   */
  @Parameter(property = "deploy.serverId")
  private @Nullable String serverId;

  /**
   * What a release is made of: <code>files</code>, each a file, a directory or an archive to unpack
   * (<code>source</code>, <code>as</code>, <code>executables</code>, <code>unpack</code>, <code>
   * mode</code>), and <code>dependencies</code>, the directory for the runtime dependencies.
   * Default: the main artifact as <code>${artifactId}.${extension}</code>.
   */
  @Parameter private @Nullable BundleXml bundle;

  /**
   * What outlives a release: <code>dirs</code> and <code>files</code>, each linked into every
   * release from the same path below <code>shared/</code> on the host.
   */
  @Parameter private @Nullable SharedXml shared;

  /**
   * A command (<code>run</code>, <code>timeout</code>) that runs on the host in the staged tree
   * before it is sealed, e.g. to compile assets.
   */
  @Parameter private @Nullable CommandXml build;

  /**
   * Changes to databases: each <code>migration</code> has an <code>id</code>, a <code>preset</code>
   * or <code>up</code>, and perhaps <code>down</code>, <code>check</code>, <code>version</code>,
   * <code>backup</code>, <code>restore</code>, <code>on</code> (first, all or local), <code>forward
   * </code>, <code>undoOrder</code> (afterFlip or beforeFlip), <code>probeOld</code> and <code>
   * timeout</code>. They run before any host switches, and <code>down</code> when the release is
   * taken back. <code>probeOld</code> may also stand beside them, for all.
   */
  @Parameter private @Nullable MigrationsXml migrations;

  /**
   * The command that restarts the service after the switch, e.g. sudo -n systemctl restart shop.
   */
  @Parameter(property = "deploy.restart")
  private @Nullable String restart;

  /** How long a restart may take. Default: 2m. */
  @Parameter private @Nullable String restartTimeout;

  /**
   * When the new release counts as healthy: <code>checks</code> (each one of <code>http</code>,
   * <code>tcp</code> or <code>command</code>), <code>timeout</code> (60s), <code>interval</code>
   * (1s), <code>successes</code> in a row (2). As a property: one URL or one command. Without any,
   * a restart that exits 0 is all that is asked.
   */
  @Parameter(property = "deploy.health")
  private @Nullable HealthXml health;

  /**
   * Commands at fixed points: each <code>hook</code> has <code>at</code> (before-seal,
   * before-switch, after-switch, after-commit, after-revert), <code>run</code>, and perhaps <code>
   * undo</code>, <code>on</code> (all, first or local) and <code>timeout</code>.
   */
  @Parameter private @Nullable List<HookXml> hooks;

  /**
   * How many good releases stay on a host, the live one included, and how many staged ones. At
   * least 2. Default: 5.
   */
  @Parameter(property = "deploy.keep")
  private @Nullable String keep;

  /** How long to wait for a lock that another run holds, e.g. 0s or 10m. Default: 90s. */
  @Parameter(property = "deploy.lockWait")
  private @Nullable String lockWait;

  /**
   * Whether the host takes a release back by itself when its run is not heard of any more after the
   * switch. Has an effect with one host only. Default: true.
   */
  @Parameter private @Nullable String watchdog;

  /** The release to activate, to roll back to, to restore or to discard. Default: by the goal. */
  @Parameter(property = "deploy.releaseId")
  private @Nullable String releaseId;

  /**
   * Releases again what is live already, makes live what differs from its manifest, and breaks even
   * the lock of a run that is alive. Default: false.
   */
  @Parameter(property = "deploy.force")
  private @Nullable String force;

  /**
   * What a rollback does to the databases: <code>keep</code> leaves them as they are, with all that
   * was written since; <code>down</code> takes back the migrations of every release passed over,
   * the newest first, each with the files of its own release. Default: keep.
   */
  @Parameter(property = "deploy.migrations")
  private @Nullable String rollbackMigrations;

  /**
   * For <code>deploy:recover</code>: what you found out about a database in doubt, <code>
   * ID:applied</code> or <code>ID:undone</code>.
   */
  @Parameter(property = "deploy.migration")
  private @Nullable String migration;

  /**
   * For <code>deploy:recover</code>: what an interrupted run of an earlier version had decided,
   * where no host that is left can tell: <code>committed</code> (its release stays) or <code>
   * aborted</code> (it is taken back).
   */
  @Parameter(property = "deploy.decided")
  private @Nullable String decided;

  /** The known_hosts file to trust. Default: as ssh_config says, else ~/.ssh/known_hosts. */
  @Parameter(property = "deploy.knownHosts")
  private @Nullable String knownHosts;

  /**
   * Accepts the key of a host that is not in known_hosts yet and writes it down. A changed key is
   * never accepted. Default: false.
   */
  @Parameter(property = "deploy.trustOnFirstUse")
  private @Nullable String trustOnFirstUse;

  /** Everything as it was written, with what was typed on the command line on top. */
  final DeployXml written(Properties typed) {
    DeployXml xml = new DeployXml();
    xml.target = target;
    xml.targets = targets;
    xml.serverId = serverId;
    xml.bundle = bundle;
    xml.shared = shared;
    xml.build = build;
    xml.migrations = migrations;
    xml.restart = restart;
    xml.restartTimeout = restartTimeout;
    xml.health = health;
    xml.hooks = hooks;
    xml.keep = keep;
    xml.lockWait = lockWait;
    xml.watchdog = watchdog;
    xml.releaseId = releaseId;
    xml.force = force;
    xml.rollbackMigrations = rollbackMigrations;
    xml.migration = migration;
    xml.decided = decided;
    xml.knownHosts = knownHosts;
    xml.trustOnFirstUse = trustOnFirstUse;
    xml.override(typed);
    return xml;
  }
}
