package dev.cutover.testkit.sim;

import dev.cutover.domain.LockToken;
import dev.cutover.testkit.sim.SimDisk.View;
import dev.cutover.testkit.sim.Sums.Difference;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The scripts that need no lock. Nothing listens on a host in memory. */
final class SimQuestions {

  private static final LockToken NONE = new LockToken(0, "0", "nobody", "check", Instant.EPOCH);

  private final Script script;
  private final Machine machine;

  SimQuestions(Script script) {
    this.script = script;
    this.machine = script.machine();
  }

  OpResult answer(HostQuery query, OpListener listener) {
    listener.started(0);
    OpResult result = answered(query, listener);
    listener.ended(0, result);
    return result;
  }

  private OpResult answered(HostQuery query, OpListener listener) {
    if (query instanceof HostQuery.RunCheck check) {
      return new SimCommands(script, NONE).check(check.command(), line -> listener.output(0, line));
    }
    if (query instanceof HostQuery.Drift drift) {
      return drift(drift.id().value());
    }
    if (query instanceof HostQuery.Probe probe) {
      if (probe.sudo()) {
        script.value("sudo", "no");
      }
      return script.ended(0, "");
    }
    return script.ended(1, "Connection refused");
  }

  /** {@code drift.sh}. */
  private OpResult drift(String id) {
    String staged = Machine.STAGING + "/" + id;
    String tree = machine.disk().isDir("releases/" + id) ? "releases/" + id : staged;
    String manifest = machine.words(Machine.MANIFESTS + "/" + id, View.NOW);
    if (manifest.isEmpty()) {
      return script.ended(
          HostQuery.Drift.NO_MANIFEST, id + " has no manifest: it was not made by this plugin");
    }
    Map<String, String> there = Sums.below(machine, tree);
    Map<String, Difference> differences = Sums.compare(Sums.parse(manifest), there);
    Set<String> same = new HashSet<>(Sums.parse(manifest).keySet());
    same.retainAll(there.keySet());
    same.removeAll(differences.keySet());
    differences.putAll(Shape.compare(machine, tree, manifest, same));
    script.value("changed", paths(differences, Difference.CHANGED));
    script.value("missing", paths(differences, Difference.MISSING));
    script.value("added", paths(differences, Difference.ADDED));
    return script.ended(0, "");
  }

  private static String paths(Map<String, Difference> differences, Difference kind) {
    return differences.entrySet().stream()
        .filter(each -> each.getValue() == kind)
        .map(each -> each.getKey().replace("\n", "\\n"))
        .collect(Collectors.joining("\n"));
  }
}
