package dev.cutover.transport.ssh;

import dev.cutover.domain.Target;
import dev.cutover.transport.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How hosts are reached.
 *
 * @param knownHosts the known_hosts files to trust; empty: as ssh_config says, else OpenSSH's own
 *     defaults
 * @param trustOnFirstUse accept and write down the key of a host nobody knows yet; never a changed
 *     one
 * @param credentials what the caller knows for a target, asked for jump hosts too
 * @param connectTimeout for the TCP connection and, separately, for each answer until the login is
 *     done
 * @param keepAlive how long the link may be silent before a question is sent; after three
 *     unanswered ones the link is lost
 * @param home where {@code .ssh} is
 * @param environment for {@code SSH_AUTH_SOCK}
 * @param notices hears one sentence about each thing a person should know
 */
public record SshOptions(
    List<Path> knownHosts,
    boolean trustOnFirstUse,
    Function<Target.Ssh, Credentials> credentials,
    Duration connectTimeout,
    Duration keepAlive,
    Path home,
    Map<String, String> environment,
    Consumer<String> notices) {

  public SshOptions {
    knownHosts = List.copyOf(knownHosts);
    environment = Map.copyOf(environment);
  }

  /** The defaults of this machine and its user. */
  public static SshOptions defaults() {
    return new SshOptions(
        List.of(),
        false,
        target -> Credentials.NONE,
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Path.of(System.getProperty("user.home", "")),
        System.getenv(),
        notice -> {});
  }

  public SshOptions withKnownHosts(List<Path> files) {
    return new SshOptions(
        files, trustOnFirstUse, credentials, connectTimeout, keepAlive, home, environment, notices);
  }

  public SshOptions withTrustOnFirstUse(boolean trust) {
    return new SshOptions(
        knownHosts, trust, credentials, connectTimeout, keepAlive, home, environment, notices);
  }

  public SshOptions withCredentials(Function<Target.Ssh, Credentials> source) {
    return new SshOptions(
        knownHosts, trustOnFirstUse, source, connectTimeout, keepAlive, home, environment, notices);
  }

  public SshOptions withTimeouts(Duration connect, Duration alive) {
    return new SshOptions(
        knownHosts, trustOnFirstUse, credentials, connect, alive, home, environment, notices);
  }

  public SshOptions withHome(Path directory, Map<String, String> variables) {
    return new SshOptions(
        knownHosts,
        trustOnFirstUse,
        credentials,
        connectTimeout,
        keepAlive,
        directory,
        variables,
        notices);
  }

  public SshOptions withNotices(Consumer<String> listener) {
    return new SshOptions(
        knownHosts,
        trustOnFirstUse,
        credentials,
        connectTimeout,
        keepAlive,
        home,
        environment,
        listener);
  }
}
