package dev.cutover.domain;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/** One question whose answer says whether the new release is the one that serves, and serves. */
public sealed interface HealthCheck {

  /** How a report names this check, e.g. {@code GET http://localhost:8080/health}. */
  String label();

  /** From where a network check is asked. */
  enum Via {
    /** Through the SSH connection, so that {@code localhost} is the host. */
    HOST,
    /** From the machine Maven runs on. */
    LOCAL
  }

  /**
   * A GET whose redirects are not followed.
   *
   * @param status the status that is expected; absent: any 2xx
   * @param contains what the body must contain; {@code {version}} and {@code {releaseId}} expand
   */
  record Http(
      URI url, OptionalInt status, Optional<String> contains, Optional<JsonEquals> json, Via via)
      implements HealthCheck {
    @Override
    public String label() {
      return "GET " + url;
    }
  }

  /** The value at an RFC 6901 pointer, as text, must equal {@code equals} (which expands). */
  record JsonEquals(String pointer, String equals) {}

  /** A TCP connection that must open. */
  record Tcp(String host, int port, Via via) implements HealthCheck {
    @Override
    public String label() {
      return "tcp " + host + ":" + port;
    }
  }

  /** A command on the host, in the release directory, that must exit 0. */
  record Run(String run) implements HealthCheck {
    @Override
    public String label() {
      return "run " + run;
    }
  }
}
