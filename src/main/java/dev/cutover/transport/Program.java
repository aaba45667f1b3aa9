package dev.cutover.transport;

import dev.cutover.domain.HostFacts.Tools;
import dev.cutover.domain.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The text sent to {@code /bin/sh -s}: the prelude, the scripts that are needed, once each, and one
 * call after the other. It is one group of commands, so that the shell runs nothing of a text whose
 * end got lost.
 */
final class Program {

  /** What a script calls that is not its own. */
  private static final Map<String, Set<String>> NEEDS =
      Map.of(
          "run", Set.of("follow", "group"),
          "await", Set.of("follow", "group"),
          "orphans", Set.of("group"),
          "watch", Set.of("follow", "group", "run", "switch"),
          "lock", Set.of("facts"),
          "drift", Set.of("look"),
          "seal", Set.of("look"));

  /** Scripts that are no operations of their own. */
  private static final Set<String> HELPERS = Set.of("follow", "group", "look");

  private final String nonce;
  private final Map<String, String> globals = new LinkedHashMap<>();
  private final Optional<Tools> tools;
  private final String home;

  private Program(String nonce, Optional<Tools> tools, String home) {
    this.nonce = nonce;
    this.tools = tools;
    this.home = home;
    globals.put("N", nonce);
  }

  /**
   * A program below a root.
   *
   * @param nonce begins each line of the reply; letters and digits
   * @param tools the host's family, once it is known
   */
  static Program at(Target.Root root, String nonce, Optional<Tools> tools) {
    if (root instanceof Target.Root.UnderHome under) {
      return new Program(nonce, tools, "absolute \"$HOME/\"" + Shell.quote(under.relative()) + "\n")
          .with("ROOT", "");
    }
    return new Program(nonce, tools, "").with("ROOT", ((Target.Root.Absolute) root).path().value());
  }

  Program with(String name, String value) {
    globals.put(name, value);
    return this;
  }

  /** A program of operations, each under the fence. */
  String operations(List<Call> calls) {
    return text("op", calls, " </dev/null");
  }

  /** A program of one script that needs no lock. */
  String question(Call call) {
    return text("ask", List.of(call), " </dev/null");
  }

  /** A program whose script goes on reading stdin. */
  String conversation(Call call) {
    return text("ask", List.of(call), "");
  }

  private String text(String verb, List<Call> calls, String stdin) {
    StringBuilder text = new StringBuilder("{\n").append(Shell.assignments(globals));
    text.append(Scripts.text("lib"));
    if (!home.isEmpty()) {
      text.append(home).append("ROOT=$ABS\n");
    }
    text.append("STATE=${ROOT%/}/.cutover\nsay hello\n");
    chooseTools(text);
    for (String script : scripts(calls)) {
      text.append(Scripts.function(HELPERS.contains(script) ? script : "op_" + script, script));
    }
    foresee(text, calls);
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      text.append("args() {\n:\n")
          .append(Shell.assignments(new TreeMap<>(call.variables())))
          .append("}\n%s %d %s%n".formatted(verb, i, call.script()));
    }
    return text.append("say 'done'\nexit 0\n}").append(stdin).append('\n').toString();
  }

  /** Records carry the time, which is one until a command has been waited for. */
  private static void foresee(StringBuilder text, List<Call> calls) {
    List<String> records =
        calls.stream()
            .takeWhile(call -> !call.waits())
            .flatMap(call -> call.records().stream())
            .toList();
    if (records.size() > 1) {
      text.append("foresee");
      records.forEach(record -> text.append(' ').append(Shell.quote(record)));
      text.append('\n');
    }
  }

  private void chooseTools(StringBuilder text) {
    if (tools.isPresent()) {
      String family = tools.get().name().toLowerCase(Locale.ROOT);
      text.append("TOOLS=").append(family).append(" MISSING=\n");
      text.append(Scripts.text(family));
      return;
    }
    for (Tools known : Tools.values()) {
      String family = known.name().toLowerCase(Locale.ROOT);
      text.append(Scripts.function("use_" + family, family));
    }
    text.append(Scripts.text("tools")).append("choose_tools\n");
  }

  private static Set<String> scripts(List<Call> calls) {
    Set<String> scripts = new TreeSet<>();
    for (Call call : calls) {
      scripts.add(call.script());
      scripts.addAll(NEEDS.getOrDefault(call.script(), Set.of()));
    }
    return scripts;
  }

  @Override
  public String toString() {
    return "program " + nonce;
  }
}
