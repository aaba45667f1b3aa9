package dev.cutover.transport;

import dev.cutover.error.CutoverException;
import dev.cutover.error.HostFaultException;
import dev.cutover.error.NoRoomException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a host could not write, told from the words of its tools, which speak the C locale. */
public enum Obstacle {
  SPACE("no space left on device", "the file system is full"),
  INODES("no inodes left on device", "the file system has no inodes left"),
  QUOTA("quota exceeded", "the disk quota is used up"),
  READ_ONLY("read-only file system", "the file system is read-only"),
  IMMUTABLE("operation not permitted", "it is protected against changes, even by its owner"),
  PERMISSION("permission denied", "permission denied");

  /**
   * What makes it likely that inodes were missing: those of files just removed may be free again.
   */
  static final int FEW_INODES = 16;

  private final String words;
  private final String sentence;

  Obstacle(String words, String sentence) {
    this.words = words;
    this.sentence = sentence;
  }

  /**
   * What a message tells.
   *
   * @param noInodes whether the file system counts inodes and has none left
   */
  static Optional<Obstacle> of(String message, boolean noInodes) {
    String lower = message.toLowerCase(Locale.ROOT);
    for (Obstacle cause : values()) {
      if (lower.contains(cause.words)) {
        return Optional.of(cause == SPACE && noInodes ? INODES : cause);
      }
    }
    return Optional.empty();
  }

  /** What a failure's own words tell, when nothing on the host was asked. */
  public static Optional<Obstacle> in(String message) {
    return of(message, false);
  }

  /** What an operation that failed reported. */
  public static Optional<Obstacle> of(OpResult result) {
    String name = result.value("cause");
    return Stream.of(values()).filter(known -> known.name().equals(name)).findFirst();
  }

  /** {@code what}, and why, where the command that failed could tell. */
  public static CutoverException failure(String what, OpResult result) {
    return of(result)
        .map(obstacle -> obstacle.failure(what))
        .orElseGet(() -> new CutoverException(what, ""));
  }

  /** The same of work of our own: what it was part of may be half done. */
  public static CutoverException fault(String what, OpResult result) {
    CutoverException failure = failure(what, result);
    return failure instanceof NoRoomException
        ? failure
        : new HostFaultException(String.valueOf(failure.getMessage()));
  }

  /** The failure that {@code what} describes, with its cause. */
  public CutoverException failure(String what) {
    String text = what + " (" + sentence + ")";
    return ofRoom() ? new NoRoomException(text) : new CutoverException(text, "");
  }

  /** Whether there is no room: what it kept from being written needs another place, or less. */
  boolean ofRoom() {
    return this == SPACE || this == INODES || this == QUOTA;
  }

  /** In words. */
  String sentence() {
    return sentence;
  }
}
