package dev.cutover.transport.ssh;

import dev.cutover.error.HostRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words for a login that the server did not accept. */
final class Unwelcome {

  private Unwelcome() {}

  static HostRefusedException of(Login login, KeyRing keys, @Nullable Exception cause) {
    boolean password = login.credentials().password().isPresent();
    if (!password && keys.identities().isEmpty()) {
      return noKey(login, keys, cause);
    }
    List<String> tried = new ArrayList<>(keys.tried());
    if (password) {
      tried.add("the password that was given");
    }
    String what =
        keys.identities().isEmpty()
            ? "wrong password for the user '" + login.user() + "', or it may not log in"
            : "the user '%s' was refused".formatted(login.user());
    String next =
        keys.identities().isEmpty()
            ? "Correct CUTOVER_PASSWORD (or <password> in settings.xml), or the user in the target."
            : "Check the user in the target, and that its ~/.ssh/authorized_keys on the host has the"
                + " key.";
    return refused(login, what + "; tried: " + String.join(", ", tried), keys, next, cause);
  }

  private static HostRefusedException noKey(Login login, KeyRing keys, @Nullable Exception cause) {
    return refused(
        login,
        "there is no usable key or password for the user '" + login.user() + "'",
        keys,
        "Set CUTOVER_PRIVATE_KEY (a path, or the key's text) and CUTOVER_PASSPHRASE, or"
            + " CUTOVER_PASSWORD, or start an ssh-agent: ssh-add",
        cause);
  }

  private static HostRefusedException refused(
      Login login, String happened, KeyRing keys, String next, @Nullable Exception cause) {
    String locked = keys.locked().isEmpty() ? "" : "; " + String.join("; ", keys.locked());
    return new HostRefusedException(
        login.alias(), happened + locked + " (" + login.where() + ")", next, cause);
  }
}
