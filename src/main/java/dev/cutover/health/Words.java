package dev.cutover.health;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** How what went wrong is told to people, in a few words. */
final class Words {

  private static final int LONGEST = 120;

  private Words() {}

  /**
   * What a failed attempt ran into.
   *
   * @param limit how long it was given
   */
  static String of(IOException e, Duration limit) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof SocketTimeoutException) {
      return "no answer in " + shown(limit);
    }
    if (e instanceof UnknownHostException) {
      return "unknown host " + brief(message.replaceFirst(": .*", ""));
    }
    if (e instanceof ConnectException) {
      boolean refused = message.toLowerCase(Locale.ROOT).contains("connection refused");
      return refused ? "connection refused" : brief(message);
    }
    if (e instanceof NoRouteToHostException) {
      return "no route to host";
    }
    if (e instanceof SSLException) {
      return "TLS: " + brief(message);
    }
    if (e instanceof NoHttpResponseException) {
      return "connection closed without an answer";
    }
    if (e instanceof ConnectionClosedException || e instanceof EOFException) {
      return "connection closed before the answer was whole";
    }
    return brief(message);
  }

  /** {@code text} on one line that is not endless. */
  static String brief(String text) {
    String line = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /** A duration as configuration has it, e.g. {@code 60s} or {@code 500ms}. */
  static String shown(Duration duration) {
    return duration.toMillis() < 1000 ? duration.toMillis() + "ms" : duration.toSeconds() + "s";
  }
}
