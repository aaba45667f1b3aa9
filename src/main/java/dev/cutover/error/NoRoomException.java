package dev.cutover.error;

/** A host has no room left: blocks, inodes or quota. What failed for it must not go on using it. */
public final class NoRoomException extends CutoverException {

  private static final long serialVersionUID = 1L;

  public NoRoomException(String happened) {
    super(happened, "");
  }
}
