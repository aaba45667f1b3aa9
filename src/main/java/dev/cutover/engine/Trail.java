package dev.cutover.engine;

import dev.cutover.step.Member;
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
  private final Map<String, Ending.Asked> verdicts = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();
  private final Map<Fact, String> facts = new HashMap<>();

  /** What a step keeps about a member. */
  private record Fact(String member, Step step, String name) {}

  synchronized void remember(Member member, Step step, String name, String value) {
    facts.put(new Fact(member.name(), step, name), value);
  }

  synchronized Optional<String> recall(Member member, Step step, String name) {
    return Optional.ofNullable(facts.get(new Fact(member.name(), step, name)));
  }

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
    // What became of a migration is told of the database, not of the host.
    if (!note.isEmpty() && step.migrates().isEmpty()) {
      notes.put(member.name(), note);
    }
  }

  synchronized void verdict(Member member, Ending.Asked verdict) {
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

  /** The values of a fact about a step, over all members. */
  synchronized List<String> recall(Step step, String name) {
    return facts.entrySet().stream()
        .filter(fact -> fact.getKey().step().equals(step) && fact.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  synchronized Optional<Ending.Asked> verdict(String member) {
    return Optional.ofNullable(verdicts.get(member));
  }

  synchronized void note(Member member, String text) {
    notes.put(member.name(), text);
  }

  synchronized String note(String member) {
    return notes.getOrDefault(member, "");
  }
}
