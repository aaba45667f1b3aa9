package dev.cutover.error;

import dev.cutover.domain.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Everything wrong with the parameters, found before anything was touched. */
public final class BadParametersException extends CutoverException {

  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  public BadParametersException(List<Problem> problems) {
    super(
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n  ", "", "")),
        "Correct the configuration; nothing was touched.");
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
