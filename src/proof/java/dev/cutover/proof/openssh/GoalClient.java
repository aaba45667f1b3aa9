package dev.cutover.proof.openssh;

import dev.cutover.app.Deployments;
import dev.cutover.domain.Goal;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.event.DeployEvent;
import dev.cutover.testkit.Commands;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client in a process of its own: takes goals from its arguments, and dies or stops as told. */
public final class GoalClient {

  /** As of a process that signal 9 ended. */
  static final int KILLED = 137;

  private GoalClient() {}

  /** What to do, as it travels in argv. */
  public record Order(
      Reach reach,
      Path work,
      boolean full,
      int keep,
      String version,
      List<Goal> goals,
      int at,
      How how) {

    List<String> arguments() {
      List<String> words = new ArrayList<>();
      words.add(Integer.toString(reach.port()));
      words.add(reach.key().toString());
      words.add(reach.knownHosts().toString());
      words.add(reach.root().toString());
      words.add(work.toString());
      words.add(Boolean.toString(full));
      words.add(Integer.toString(keep));
      words.add(version);
      words.add(Integer.toString(at));
      words.add(how.name());
      goals.forEach(goal -> words.add(goal.name()));
      return words;
    }

    static Order of(String[] words) {
      Reach reach =
          new Reach(
              Integer.parseInt(words[0]),
              Path.of(words[1]),
              Path.of(words[2]),
              Path.of(words[3]),
              Duration.ofSeconds(5));
      List<Goal> goals = new ArrayList<>();
      for (int i = 10; i < words.length; i++) {
        goals.add(Goal.valueOf(words[i]));
      }
      return new Order(
          reach,
          Path.of(words[4]),
          Boolean.parseBoolean(words[5]),
          Integer.parseInt(words[6]),
          words[7],
          goals,
          Integer.parseInt(words[8]),
          How.valueOf(words[9]));
    }
  }

  /** What becomes of the client at the chosen moment. */
  public enum How {
    /** It is gone, as after kill -9: nothing is said to the host, the kernel closes the socket. */
    DIES,
    /** It is stopped by SIGSTOP until somebody lets it go on. */
    STOPS
  }

  /**
   * Prints {@code began GOAL} and {@code ended GOAL OUTCOME words} for each goal, and what is
   * warned of in between.
   */
  public static void main(String[] args) {
    Order order = Order.of(args);
    List<String> heard = new CopyOnWriteArrayList<>();
    Moments moments =
        new Moments(
            order.at(),
            shell -> {
              if (order.how() == How.DIES) {
                Runtime.getRuntime().halt(KILLED);
              }
              Commands.must("kill", "-STOP", Long.toString(ProcessHandle.current().pid()));
            },
            heard::add);
    ExampleApp app = order.reach().app(order.work(), order.full(), order.keep());
    Deployments client = order.reach().client(moments, GoalClient::warning, "client@proof");
    for (Goal goal : order.goals()) {
      say("began " + goal);
      OutcomeReport report = Clients.run(client, goal, app.request(order.version()));
      say(
          "ended %s %s %s / %s"
              .formatted(goal, report.outcome(), report.happened(), report.next())
              .replace('\n', ' '));
      if (!report.success()) {
        System.exit(1);
      }
    }
    heard.forEach(moment -> say("moment " + moment));
  }

  private static void warning(DeployEvent event) {
    if (event instanceof DeployEvent.Warning warning) {
      say("warning " + warning.text().replace('\n', ' '));
    }
  }

  @SuppressWarnings("SystemOut")
  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
