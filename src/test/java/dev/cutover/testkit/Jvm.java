package dev.cutover.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of the tests in a JVM of their own, which may be killed. */
public final class Jvm {

  private Jvm() {}

  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The tests' own; Surefire hides it in the manifest of a jar. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The command that starts a program, which lives but shortly. */
  public static List<String> command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
