package dev.cutover.transport.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Logger;
import com.jcraft.jsch.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Logs in. What a login costs in round trips, with a key: TCP 1, versions and key exchange offers
 * 1, key exchange 1, the request for the authentication service 1, the signature 1: five. JSch's
 * defaults add one for the probe {@code none} and one to ask whether a key would do; both are off
 * here (see {@link KeyRing#askFirst} for the exception). A password costs as many where the server
 * takes that method.
 */
final class SessionOpener {

  /**
   * JSch's own list with curve25519 first: it needs no round trip more and much less of a cold
   * JVM's time than the post-quantum exchanges, which stay on offer where the JVM has them.
   */
  private static final String KEX =
      "curve25519-sha256,curve25519-sha256@libssh.org,mlkem768x25519-sha256,ecdh-sha2-nistp256,"
          + "ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,"
          + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,"
          + "diffie-hellman-group14-sha256";

  private static final int KEEPALIVES = 3;

  private final SshOptions options;
  private final FirstUse firstUse;

  SessionOpener(SshOptions options, FirstUse firstUse) {
    this.options = options;
    this.firstUse = firstUse;
  }

  /** A session that is logged in, and the link below it. */
  record Opened(Session session, Link link) {}

  Opened open(Login login, KnownHosts known, Link.Opener through) {
    Watchdog watchdog = new Watchdog(login.alias());
    // As long as it takes the session's own keepalive to give up.
    Duration stall = options.keepAlive().multipliedBy(KEEPALIVES + 1L);
    Link link = new Link(through, watchdog, stall);
    boolean done = false;
    // Each answer has the connect timeout; this bounds a server that dribbles.
    Duration whole = options.connectTimeout().multipliedBy(4);
    try (Watchdog.Watch watch =
        watchdog.watch(
            whole, () -> link.abort("the login took more than " + whole.toSeconds() + "s"))) {
      watch.touch();
      link.dial(login.host(), login.port());
      Opened opened = new Opened(login(login, known, link), link);
      done = true;
      return opened;
    } finally {
      if (!done) {
        link.abort("the login failed");
        watchdog.close();
      }
    }
  }

  private Session login(Login login, KnownHosts known, Link link) {
    JSch jsch = new JSch();
    jsch.setInstanceLogger(new Silent());
    KeyRing keys = new KeyFinder(jsch, options, login).find();
    HostKeyGate gate = new HostKeyGate(known, login.name(), (name, key) -> trust(known, name, key));
    try {
      if (keys.identities().isEmpty() && login.credentials().password().isEmpty()) {
        throw Unwelcome.of(login, keys, null);
      }
      Session session = jsch.getSession(login.user(), login.host(), login.port());
      configure(session, login, keys);
      session.setSocketFactory(link);
      session.setHostKeyRepository(gate);
      session.setIdentityRepository(keys);
      session.setUserInfo(new PasswordAnswers(login.credentials().password()));
      session.connect((int) options.connectTimeout().toMillis());
      return session;
    } catch (JSchException e) {
      throw Refusals.of(login, gate, keys, link, e);
    }
  }

  private void configure(Session session, Login login, KeyRing keys) throws JSchException {
    session.setDaemonThread(true);
    session.setServerAliveInterval((int) options.keepAlive().toMillis());
    session.setServerAliveCountMax(KEEPALIVES);
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("kex", KEX);
    // Only what not every JVM has needs to be tried out before it is offered.
    session.setConfig("CheckKexes", "mlkem768x25519-sha256");
    session.setConfig("CheckSignatures", "");
    session.setConfig("CheckCiphers", "");
    session.setConfig("enable_strict_kex", "yes");
    session.setConfig("enable_auth_none", "no");
    session.setConfig("enable_pubkey_auth_query", keys.askFirst() ? "yes" : "no");
    session.setConfig("PreferredAuthentications", methods(login, keys));
    login.settings().hostKeyAlias().ifPresent(session::setHostKeyAlias);
  }

  /** The likely one first: each that fails costs a round trip and one of the server's patience. */
  private static String methods(Login login, KeyRing keys) {
    List<String> methods = new ArrayList<>();
    if (login.credentials().password().isPresent()) {
      methods.add("password");
      methods.add("keyboard-interactive");
    }
    if (!keys.identities().isEmpty()) {
      boolean given = login.credentials().privateKey().isPresent();
      methods.add(given ? 0 : methods.size(), "publickey");
    }
    return String.join(",", methods);
  }

  private boolean trust(KnownHosts known, HostName name, byte[] key) {
    if (!options.trustOnFirstUse()) {
      return false;
    }
    firstUse.remember(known.files().get(0), name, key);
    return true;
  }

  /** JSch's log names files and algorithms; nobody asked for it. */
  private static final class Silent implements Logger {
    @Override
    public boolean isEnabled(int level) {
      return false;
    }

    @Override
    public void log(int level, String message) {
      // Never enabled.
    }
  }
}
