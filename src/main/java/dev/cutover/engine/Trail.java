package dev.cutover.engine;

import dev.cutover.health.HealthVerdict;
import dev.cutover.step.Member;
import dev.cutover.step.MigrateStep;
import dev.cutover.step.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far a run has come on each member: what began, what ended, what the checks last said. */
final class Trail {

  private final Map<String, List<Step>> begun = new HashMap<>();
  private final Map<String, Set<Step>> completed = new HashMap<>();
  private final Map<String, Set<Step>> undone = new HashMap<>();
  private final Map<String, HealthVerdict> verdicts = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();

  synchronized void begin(Member member, Step step) {
    List<Step> steps = begun.computeIfAbsent(member.name(), name -> new ArrayList<>());
    if (!steps.contains(step)) {
      steps.add(step);
    }
  }

  synchronized void complete(Member member, Step step) {
    completed.computeIfAbsent(member.name(), name -> new HashSet<>()).add(step);
  }

  synchronized void undo(Member member, Step step, String note) {
    undone.computeIfAbsent(member.name(), name -> new HashSet<>()).add(step);
    if (!note.isEmpty()) {
      notes.put(member.name(), note);
    }
  }

  synchronized void verdict(Member member, HealthVerdict verdict) {
    verdicts.put(member.name(), verdict);
  }

  /** The steps of {@code of} that began on a member, in the order they began. */
  synchronized List<Step> begun(Member member, List<Step> of) {
    return begun.getOrDefault(member.name(), List.of()).stream().filter(of::contains).toList();
  }

  synchronized boolean began(Step step) {
    return begun.values().stream().anyMatch(steps -> steps.contains(step));
  }

  synchronized boolean completed(Member member, Step step) {
    return completed.getOrDefault(member.name(), Set.of()).contains(step);
  }

  /** What became of a migration, in the words of the outcome report. */
  synchronized String state(MigrateStep step) {
    if (!in(undone, step)) {
      return in(completed, step) ? "applied" : "in doubt";
    }
    return step.migration().down().isPresent() ? "undone" : "kept";
  }

  /** Whether a step is noted for every member where it began. */
  private boolean in(Map<String, Set<Step>> noted, Step step) {
    return begun.entrySet().stream()
        .filter(entry -> entry.getValue().contains(step))
        .allMatch(entry -> noted.getOrDefault(entry.getKey(), Set.of()).contains(step));
  }

  synchronized Optional<HealthVerdict> verdict(String member) {
    return Optional.ofNullable(verdicts.get(member));
  }

  synchronized String note(String member) {
    return notes.getOrDefault(member, "");
  }
}
