package dev.cutover.transport;

import java.util.Map;

/**
 * One host script with the variables it reads.
 *
 * @param script the name of the resource, without {@code .sh}
 */
record Call(String script, Map<String, String> variables) {
  Call {
    variables = Map.copyOf(variables);
  }
}
