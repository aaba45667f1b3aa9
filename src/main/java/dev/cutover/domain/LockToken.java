package dev.cutover.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to change a host, and who holds it: {@code seq:runId:owner:goal:since}, the text of the
 * {@code lock} symlink. {@code seq} only grows, so a token is never given twice.
 *
 * @param seq the place in the host's sequence
 * @param runId the run, the same on all its hosts
 * @param owner {@code user@machine} of the client, for people to read; never trusted
 * @param since by the host's clock, to the second
 */
public record LockToken(long seq, String runId, String owner, String goal, Instant since) {

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,18}):([0-9a-f]{1,32}):([A-Za-z0-9._@-]{1,128}):([a-z]+):(\\d{1,12})");

  /** Reads a lock's link text; empty if it is not one of ours. */
  public static Optional<LockToken> parse(String text) {
    Matcher m = TEXT.matcher(text);
    return m.matches()
        ? Optional.of(
            new LockToken(
                Long.parseLong(m.group(1)),
                m.group(2),
                m.group(3),
                m.group(4),
                Instant.ofEpochSecond(Long.parseLong(m.group(5)))))
        : Optional.empty();
  }

  /** The link's exact text. */
  public String text() {
    return seq + ":" + runId + ":" + owner + ":" + goal + ":" + since.getEpochSecond();
  }

  /** {@code owner} with every character a token cannot hold replaced by a dash. */
  public static String safeOwner(String owner) {
    String safe = owner.replaceAll("[^A-Za-z0-9._@-]", "-");
    return safe.isEmpty() ? "unknown" : safe.substring(0, Math.min(safe.length(), 128));
  }
}
