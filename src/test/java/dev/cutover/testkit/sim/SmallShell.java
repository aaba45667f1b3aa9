package dev.cutover.testkit.sim;

import dev.cutover.domain.RemotePath;
import dev.cutover.testkit.sim.SimDisk.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As much of a shell as the contract of hosts needs: {@code echo}, {@code printf} without formats,
 * {@code pwd}, {@code ls} of one file, {@code sleep}, {@code exit} and {@code :}, one after the
 * other, with quotes, variables in double quotes and output to files. What goes to the background
 * does nothing.
 */
public final class SmallShell implements Programs {

  private static final int NOT_FOUND = 127;

  /**
   * One command.
   *
   * @param file where its output goes, if not to whoever listens
   */
  private record Statement(List<String> words, Optional<String> file, boolean appends) {

    String rest() {
      return String.join(" ", words.subList(1, words.size()));
    }
  }

  @Override
  public Part work(Machine machine, Job job) {
    List<Statement> statements = statements(job);
    int sleeps = 0;
    int status = 0;
    StringBuilder output = new StringBuilder();
    for (Statement statement : statements) {
      String name = statement.words().get(0);
      boolean due = sleeps == job.part();
      if (name.equals("sleep")) {
        sleeps++;
        if (due) {
          long seconds = Long.parseLong(statement.rest());
          return Part.pause(output.toString(), Duration.ofSeconds(seconds));
        }
      } else if (due && name.equals("exit")) {
        return Part.end(output.toString(), Integer.parseInt(statement.rest()));
      } else if (due) {
        status = run(machine, job, statement, output);
      }
    }
    return Part.end(output.toString(), status);
  }

  private static int run(Machine machine, Job job, Statement statement, StringBuilder output) {
    String told;
    switch (statement.words().get(0)) {
      case ":" -> told = "";
      case "echo" -> told = statement.rest() + "\n";
      case "printf" -> told = statement.rest();
      case "pwd" -> told = pwd(machine, job) + "\n";
      case "ls" -> {
        if (!machine.disk().exists(at(machine, job, statement.rest()))) {
          output.append("ls: ").append(statement.rest()).append(": No such file or directory\n");
          return 2;
        }
        told = statement.rest() + "\n";
      }
      default -> {
        output.append(statement.words().get(0)).append(": not found\n");
        return NOT_FOUND;
      }
    }
    if (statement.file().isEmpty()) {
      output.append(told);
      return 0;
    }
    String file = at(machine, job, statement.file().get());
    String before =
        statement.appends()
            ? machine.disk().text(file, View.NOW).map(Object::toString).orElse("")
            : "";
    machine.disk().write(file, before + told);
    return 0;
  }

  private static String pwd(Machine machine, Job job) {
    RemotePath root = machine.layout().root();
    return (job.cwd().isEmpty() ? root : root.child(job.cwd())).value();
  }

  private static String at(Machine machine, Job job, String path) {
    if (path.startsWith("/")) {
      return machine.relative(new RemotePath(path)).orElseThrow();
    }
    return job.cwd().isEmpty() ? path : job.cwd() + "/" + path;
  }

  /** What is not in the background. */
  private static List<Statement> statements(Job job) {
    List<Statement> statements = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (String token : new SimWords(job.text(), job.command().environment()).tokens()) {
      if (token.equals(";") || token.equals("&")) {
        if (token.equals(";")) {
          statement(words).ifPresent(statements::add);
        }
        words.clear();
      } else {
        words.add(token);
      }
    }
    statement(words).ifPresent(statements::add);
    return statements;
  }

  private static Optional<Statement> statement(List<String> tokens) {
    List<String> words = new ArrayList<>();
    Optional<String> file = Optional.empty();
    boolean appends = false;
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (token.equals(">") || token.equals(">>")) {
        file = Optional.of(tokens.get(++i));
        appends = token.equals(">>");
      } else if (!token.equals(">&2")) {
        words.add(token);
      }
    }
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(new Statement(List.copyOf(words), file, appends));
  }
}
