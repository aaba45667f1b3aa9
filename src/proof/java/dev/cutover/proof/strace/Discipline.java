package dev.cutover.proof.strace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which a script does things, read from what it did: act, sync, record, sync. Whatever
 * has a name that matters is on disk before the journal is written and before the script ends.
 */
final class Discipline {

  private Discipline() {}

  static List<String> problems(OpCase op, Trace trace, Path root) {
    List<String> problems = new ArrayList<>();
    Set<String> loose = new LinkedHashSet<>();
    String state = root + "/.cutover/";
    String journal = state + "journal";
    for (FileCall call : trace.calls()) {
      if (!call.done()) {
        continue;
      }
      String path = call.path();
      if (call.name().equals("syncfs")) {
        loose.clear();
      } else if (call.syncs()) {
        loose.remove(path);
      } else if (call.name().equals("write") && path.equals(journal)) {
        for (String still : loose) {
          // The lock and the record of its run may come in either order.
          if (!still.equals(journal) && !journal.equals(still + "/journal")) {
            problems.add(op + ": recorded before " + still + " was synced");
          }
        }
        loose.add(journal);
      } else {
        changed(call).stream()
            .filter(name -> matters(name, root.toString()))
            .forEach(name -> loose.add(name.substring(0, name.lastIndexOf('/'))));
      }
    }
    for (String still : loose) {
      problems.add(op + ": ended before " + still + " was synced");
    }
    return problems.stream().distinct().toList();
  }

  /** The names that a call makes, changes or takes away. */
  private static List<String> changed(FileCall call) {
    if (call.name().startsWith("rename")) {
      return call.paths();
    }
    return call.name().startsWith("symlink") || call.name().startsWith("unlink")
        ? List.of(call.path())
        : List.of();
  }

  /** Whether it is one by which releases, the lock, the records and what is live are known. */
  private static boolean matters(String name, String root) {
    String releases = root + "/releases/";
    return List.of(root + "/current", root + "/.cutover/lock", root + "/.cutover/journal")
            .contains(name)
        || (name.startsWith(releases) && name.indexOf('/', releases.length()) < 0);
  }
}
