package dev.cutover.proof.power;

/** The scripts without syncs. */
public final class Unsynced {

  private Unsynced() {}

  /** Without that of a release's files. */
  public static String data(String script) {
    return script
        .replaceAll("(?m)^t_sync_tree\\(\\) \\{ .*\\}$", "t_sync_tree() { :; }")
        .replaceAll("(?m)^t_sync_tree\\(\\) \\{$", "t_sync_tree() { return 0");
  }

  /** Without any. */
  public static String everything(String script) {
    return data(script)
        .replaceAll("(?m)^t_sync\\(\\) \\{ .*\\}$", "t_sync() { :; }")
        .replaceAll("(?m)^t_sync\\(\\) \\{$", "t_sync() { return 0");
  }
}
