package dev.cutover.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ./mvnw -q -Pbench -Dbench=<name>}: one program after the other, figures on stdout. */
public final class Benchmarks {

  /** A measurement that prints its figures and says whether they are what is promised. */
  @FunctionalInterface
  interface Program {
    boolean run(Place place) throws Exception;
  }

  private Benchmarks() {}

  /**
   * Runs the programs named, or all.
   *
   * @param args home of Maven, repository that holds the plugin, the user's own, the plugin's
   *     version, then names
   */
  public static void main(String[] args) throws Exception {
    MavenHere maven = new MavenHere(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), args[3]);
    Map<String, Program> programs = new LinkedHashMap<>();
    programs.put("flips", Flips::run);
    programs.put("small", place -> new SmallRelease(place, maven).run());
    programs.put("tree", place -> new BigTree(place, maven).run());
    programs.put("endurance", Endurance::run);
    programs.put("memory", place -> new BigBundle(place, maven).run());
    List<String> names = List.of(args).subList(4, args.length);
    boolean good = true;
    for (String name : names.isEmpty() ? List.copyOf(programs.keySet()) : names) {
      Program program = programs.get(name);
      if (program == null) {
        throw new IllegalArgumentException(
            "no program " + name + "; there are " + programs.keySet());
      }
      System.out.println("== " + name);
      try (Place place = Place.temporary()) {
        good &= program.run(place);
      }
    }
    System.exit(good ? 0 : 1);
  }

  /** Prints a figure with its promise, and answers whether it is kept. */
  static boolean promise(String what, String figure, boolean kept) {
    System.out.printf("%-58s %14s  %s%n", what, figure, kept ? "ok" : "NOT as promised");
    return kept;
  }
}
