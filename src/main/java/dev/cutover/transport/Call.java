package dev.cutover.transport;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One host script with the variables it reads.
 *
 * @param script the name of the resource, without {@code .sh}
 * @param records what it will write into the journal, as far as that is known beforehand
 */
record Call(String script, Map<String, String> variables, List<String> records) {
  Call {
    variables = Map.copyOf(variables);
    records = List.copyOf(records);
  }

  Call(String script, Map<String, String> variables) {
    this(script, variables, List.of());
  }

  /** Whether it waits for a command, so that nobody knows when what follows will be. */
  boolean waits() {
    return script.equals("run") || script.equals("await");
  }

  /** The same; what these variables hold are records that it will write. */
  Call writing(String... names) {
    return new Call(script, variables, Stream.of(names).map(variables::get).toList());
  }
}
