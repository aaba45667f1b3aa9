package dev.cutover.transport.ssh;

import dev.cutover.transport.Credentials;

/**
 * Where and as whom to log in, all sources considered.
 *
 * @param alias the host as the user named it
 */
record Login(
    String alias,
    String host,
    int port,
    String user,
    HostSettings settings,
    Credentials credentials) {

  /** The host as known_hosts names it. */
  HostName name() {
    return settings
        .hostKeyAlias()
        .map(key -> new HostName(key, 22))
        .orElseGet(() -> new HostName(host, port));
  }

  /** For messages: {@code alias (user@host:port)}. */
  String where() {
    return user + "@" + host + ":" + port;
  }
}
