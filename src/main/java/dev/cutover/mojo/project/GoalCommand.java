package dev.cutover.mojo.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** How the user would type one of our goals again for the same hosts and the same bytes. */
public final class GoalCommand {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@=,~+%-]*");
  private static final Set<String> ONCE =
      Set.of(
          "deploy.decided",
          "deploy.force",
          "deploy.releaseId",
          "deploy.migration",
          "deploy.migrations",
          "deploy.skip",
          "deploy.prebuilt",
          "deploy.trustOnFirstUse");

  private GoalCommand() {}

  /**
   * The command up to the goal's word.
   *
   * @param profiles those switched on with {@code -P}
   * @param typed the properties of the command line
   * @param plugin {@code deploy}, or the plugin's full coordinates where no POM knows the prefix
   */
  public static String of(List<String> profiles, Properties typed, String plugin) {
    List<String> words = new ArrayList<>(List.of("mvn"));
    if (!profiles.isEmpty()) {
      words.add(quoted("-P" + String.join(",", profiles)));
    }
    for (String name : new TreeSet<>(typed.stringPropertyNames())) {
      if (name.startsWith("deploy.") && !ONCE.contains(name)) {
        words.add(quoted("-D" + name + "=" + typed.getProperty(name)));
      }
    }
    words.add(plugin + ":");
    return String.join(" ", words);
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
