package dev.cutover.mojo.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the goals as typed into goals no Maven can misread.
 *
 * <p>The prefix {@code deploy} is maven-deploy-plugin's too, and which plugin Maven takes differs
 * between its versions. So our goals get their full coordinates, the two of maven-deploy-plugin get
 * its, and {@code package} comes directly before the first of our goals that uploads or assembles
 * what was built, unless a phase that packages stands before it already: one build, never two.
 *
 * @param groupId of this plugin
 * @param artifactId of this plugin
 * @param version of this plugin in the build at hand
 * @param insertPackage whether what was built is to be released, rather than published or prebuilt
 *     bytes
 */
public record GoalRewriter(
    String groupId, String artifactId, String version, boolean insertPackage) {

  private static final String THEIRS = "org.apache.maven.plugins:maven-deploy-plugin:";
  private static final Set<String> OURS =
      Set.of(
          "bundle",
          "release",
          "stage",
          "activate",
          "rollback",
          "status",
          "history",
          "plan",
          "check",
          "recover",
          "restore",
          "unlock",
          "prune",
          "discard",
          "verify",
          "help");
  private static final Set<String> THEIR_GOALS = Set.of("deploy", "deploy-file");
  private static final Set<String> NEED_A_BUILD = Set.of("bundle", "release", "stage");
  private static final Set<String> PACKAGED_AFTER =
      Set.of(
          "package",
          "pre-integration-test",
          "integration-test",
          "post-integration-test",
          "verify",
          "install",
          "deploy");
  private static final Pattern GOAL = Pattern.compile("(?<plugin>.+):(?<goal>[^:@]+)(?<id>@.*)?");

  /** The goals to run instead of {@code typed}, in their order. */
  public List<String> rewrite(List<String> typed) {
    List<String> rewritten = new ArrayList<>();
    boolean packaged = !insertPackage;
    for (String task : typed) {
      Optional<String> ours = ourGoal(task);
      if (!packaged && ours.isPresent() && NEED_A_BUILD.contains(ours.get())) {
        rewritten.add("package");
        packaged = true;
      }
      packaged |= packages(task);
      rewritten.add(fullName(task));
    }
    return rewritten;
  }

  /** Whether after this phase the module's artifact exists; knows Maven 4's before: and after:. */
  public static boolean packages(String task) {
    if (task.startsWith("after:")) {
      return PACKAGED_AFTER.contains(task.substring("after:".length()));
    }
    if (task.startsWith("before:")) {
      String phase = task.substring("before:".length());
      return !phase.equals("package") && PACKAGED_AFTER.contains(phase);
    }
    return PACKAGED_AFTER.contains(task);
  }

  private Optional<String> ourGoal(String task) {
    Matcher goal = GOAL.matcher(task);
    if (!goal.matches()) {
      return Optional.empty();
    }
    String plugin = goal.group("plugin");
    String key = groupId + ":" + artifactId;
    boolean ours =
        plugin.equals("deploy")
            ? OURS.contains(goal.group("goal"))
            : plugin.equals(key) || plugin.startsWith(key + ":");
    return ours ? Optional.of(goal.group("goal")) : Optional.empty();
  }

  private String fullName(String task) {
    Matcher goal = GOAL.matcher(task);
    if (!goal.matches() || !goal.group("plugin").equals("deploy")) {
      return task;
    }
    String rest = task.substring("deploy:".length());
    if (OURS.contains(goal.group("goal"))) {
      return groupId + ":" + artifactId + ":" + version + ":" + rest;
    }
    return THEIR_GOALS.contains(goal.group("goal")) ? THEIRS + rest : task;
  }
}
