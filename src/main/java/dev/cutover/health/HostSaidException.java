package dev.cutover.health;

import dev.cutover.transport.OpResult;
import java.io.IOException;
import java.time.Duration;

/** The host asked for us and got no answer. */
final class HostSaidException extends IOException {

  private static final long serialVersionUID = 1L;

  HostSaidException(OpResult result, Duration limit) {
    super(said(result, limit));
  }

  private static String said(OpResult result, Duration limit) {
    if (result.status() == OpResult.NO_TOOL) {
      return "cannot be asked: the host has no tool for it";
    }
    if (result.status() == OpResult.TIMED_OUT) {
      return "no answer in " + Words.shown(limit);
    }
    String message = Words.brief(result.message());
    return message.isEmpty() ? "no answer" : message;
  }
}
