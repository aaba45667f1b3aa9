package dev.cutover.proof.memory;

import dev.cutover.testkit.sim.Machine;
import dev.cutover.testkit.sim.SimDisk.View;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known to be true of a machine, whatever it records. */
final class Known {

  /** The release the app runs; empty when it does not run. */
  String app = "";

  /** The state of the disk in which the promises were last seen to hold. */
  int checked = -1;

  /** Whether something has been live here for good: then something always is. */
  boolean serves;

  /** The last token given, known although nothing on the disk may tell. */
  String lastToken = "";

  /** What a release must hold to be whole, by id: file or link by path. */
  final Map<String, Map<String, String>> whole = new HashMap<>();

  /** Where the committed release of each id came from. */
  final Map<String, String> from = new LinkedHashMap<>();

  /** Whether a release is as complete as it was when it was sealed. */
  boolean isWhole(Machine machine, String id, View view) {
    Map<String, String> parts = whole.get(id);
    return parts != null && machine.holds("releases/" + id, parts, view);
  }

  /** What kind of release this is, in the words of its content. */
  String content(String id) {
    return whole.getOrDefault(id, Map.of()).getOrDefault("shop.jar", "");
  }

  Known copy() {
    Known copy = new Known();
    copy.app = app;
    copy.serves = serves;
    copy.lastToken = lastToken;
    copy.whole.putAll(whole);
    copy.from.putAll(from);
    return copy;
  }
}
