package dev.cutover.transport.ssh;

import java.util.Locale;

/** A host as known_hosts writes it. */
record HostName(String host, int port) {

  HostName {
    host = host.toLowerCase(Locale.ROOT);
  }

  /** {@code host}, or {@code [host]:port} when the port is not 22. */
  String known() {
    return port == 22 ? host : "[" + host + "]:" + port;
  }

  String bare() {
    return host;
  }
}
