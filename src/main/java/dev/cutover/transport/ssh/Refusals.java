package dev.cutover.transport.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.error.HostRefusedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

/** The words for each way a login fails: what happened, and what to do about it. */
final class Refusals {

  private Refusals() {}

  static HostRefusedException locked(String host, String key, boolean hadPassphrase) {
    return hadPassphrase
        ? new HostRefusedException(
            host, "wrong passphrase for " + key, "Correct CUTOVER_PASSPHRASE.", null)
        : new HostRefusedException(
            host,
            key + " is encrypted and no passphrase was given",
            "Set CUTOVER_PASSPHRASE (or <passphrase> in settings.xml), or add the key to your"
                + " ssh-agent: ssh-add <key>",
            null);
  }

  /** Turns what JSch threw into what a user can act on. */
  static CutoverException of(
      Login login, HostKeyGate gate, KeyRing keys, Link link, JSchException e) {
    Optional<CutoverException> key = hostKey(login, gate, e);
    if (key.isPresent()) {
      return key.get();
    }
    String said = String.valueOf(e.getMessage());
    if (said.startsWith("Auth ") || said.startsWith("USERAUTH") || tooMany(e)) {
      return Unwelcome.of(login, keys, e);
    }
    return unreachable(login, link, e);
  }

  private static boolean tooMany(JSchException e) {
    return e instanceof JSchSessionDisconnectException
        && String.valueOf(e.getMessage()).contains("authentication failures");
  }

  private static Optional<CutoverException> hostKey(
      Login login, HostKeyGate gate, JSchException e) {
    if (gate.verdict().isPresent()) {
      KnownHosts.Verdict verdict = gate.verdict().get();
      if (verdict instanceof KnownHosts.Verdict.Changed changed) {
        return Optional.of(HostKeyRefusals.changed(login, gate.shown(), changed.by(), e));
      }
      if (verdict instanceof KnownHosts.Verdict.Revoked revoked) {
        return Optional.of(HostKeyRefusals.revoked(login, " (" + revoked.by().where() + ")", e));
      }
      if (verdict instanceof KnownHosts.Verdict.Unknown && gate.refused()) {
        return Optional.of(HostKeyRefusals.unknown(login, gate.shown(), gate.files(), e));
      }
    }
    return e instanceof JSchRevokedHostKeyException
        ? Optional.of(HostKeyRefusals.revoked(login, "", e))
        : Optional.empty();
  }

  private static HostLostException unreachable(Login login, Link link, JSchException e) {
    String at = login.host() + " port " + login.port();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return lost(login, "no address is known for the name " + login.host(), e);
      }
      if (cause instanceof SocketTimeoutException) {
        return lost(login, at + " did not answer in time", e);
      }
      if (cause instanceof NoRouteToHostException) {
        return lost(login, "there is no route to " + at, e);
      }
      if (cause instanceof ConnectException) {
        return lost(login, at + " refused the connection: " + cause.getMessage(), e);
      }
    }
    String said = String.valueOf(e.getMessage());
    return lost(login, link.reason("the SSH connection to " + at + " failed: " + said), e);
  }

  private static HostLostException lost(Login login, String happened, JSchException e) {
    return new HostLostException(
        login.alias(),
        happened,
        "Check the address and that its sshd is up: ssh -p %d %s@%s true"
            .formatted(login.port(), login.user(), login.host()),
        e);
  }
}
