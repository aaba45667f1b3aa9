package dev.cutover.transport;

import java.util.Optional;

/**
 * Who logs in and how, from the environment and {@code settings.xml}; ssh_config, default keys and
 * the agent come after.
 *
 * @param privateKey a path, or the text of a key (it then starts with {@code -----BEGIN})
 */
public record Credentials(
    Optional<String> user,
    Optional<Secret> password,
    Optional<Secret> privateKey,
    Optional<Secret> passphrase) {

  public static final Credentials NONE =
      new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
