package dev.cutover.transport.ssh;

import dev.cutover.error.HostRefusedException;
import java.nio.file.Path;
import java.util.List;

/** The words for host keys that are not trusted. */
final class HostKeyRefusals {

  private HostKeyRefusals() {}

  static HostRefusedException unknown(
      Login login, byte[] shown, List<Path> files, Exception cause) {
    String file = files.isEmpty() ? "~/.ssh/known_hosts" : files.get(0).toString();
    return new HostRefusedException(
        login.alias(),
        "the host key of %s is not known; it shows %s %s"
            .formatted(login.name().known(), HostKeys.type(shown), HostKeys.fingerprint(shown)),
        """
        Compare that fingerprint with the one the host's owner gives you, then either
          ssh-keyscan -p %d -H %s >> %s
        or run once with -Ddeploy.trustOnFirstUse=true"""
            .formatted(login.port(), login.host(), file),
        cause);
  }

  static HostRefusedException changed(
      Login login, byte[] shown, KnownHostsEntry by, Exception cause) {
    return new HostRefusedException(
        login.alias(),
        "the host key of %s HAS CHANGED: it shows %s %s, but %s says %s %s; somebody may stand between"
                .formatted(
                    login.name().known(),
                    HostKeys.type(shown),
                    HostKeys.fingerprint(shown),
                    by.where(),
                    by.type(),
                    HostKeys.fingerprint(by.key()))
            + " you and the host",
        "Only if the host's owner confirms the new key, remove the old one: ssh-keygen -R '%s' -f %s"
            .formatted(login.name().known(), by.file()),
        cause);
  }

  static HostRefusedException revoked(Login login, String where, Exception cause) {
    return new HostRefusedException(
        login.alias(),
        "the host shows a key that is marked as revoked" + where + "; it may be stolen",
        "Ask the host's owner for its current key; nothing was sent to it.",
        cause);
  }
}
