package dev.cutover.domain;

import java.util.Optional;

/** Where everything stands below a release root. */
public record Layout(RemotePath root) {

  public RemotePath current() {
    return root.child("current");
  }

  public RemotePath releases() {
    return root.child("releases");
  }

  public RemotePath release(ReleaseId id) {
    return releases().child(id.value());
  }

  public RemotePath shared() {
    return root.child("shared");
  }

  /** Ours alone, mode 0700. */
  public RemotePath state() {
    return root.child(".cutover");
  }

  public RemotePath staging() {
    return state().child("staging");
  }

  public RemotePath staged(ReleaseId id) {
    return staging().child(id.value());
  }

  public RemotePath failed(ReleaseId id) {
    return state().child("failed").child(id.value());
  }

  public RemotePath log(ReleaseId id) {
    return state().child("logs").child(id.value() + ".log");
  }

  public RemotePath backup(ReleaseId id) {
    return state().child("backups").child(id.value());
  }

  /**
   * The release a resolved {@code current} names, if it is one directly below {@code releases/}.
   */
  public Optional<ReleaseId> releaseAt(RemotePath path) {
    String prefix = releases().value() + "/";
    if (!path.value().startsWith(prefix)) {
      return Optional.empty();
    }
    String name = path.value().substring(prefix.length());
    return ReleaseId.isSafe(name) ? Optional.of(new ReleaseId(name)) : Optional.empty();
  }
}
