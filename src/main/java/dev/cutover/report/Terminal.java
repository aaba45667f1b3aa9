package dev.cutover.report;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/**
 * What the console can do.
 *
 * @param interactive whether a person watches it live, so that a bar may be drawn and redrawn
 */
public record Terminal(boolean interactive) {

  /**
   * What decides whether a bar is drawn.
   *
   * @param screen whether this process stands at a real terminal, see {@link #hasScreen()}
   * @param batch {@code -B}
   * @param quiet {@code -q}
   * @param noTransferProgress {@code -ntp}
   * @param environment where {@code TERM}, {@code CI} and {@code NO_COLOR} are looked up
   */
  public record Signs(
      boolean screen,
      boolean batch,
      boolean quiet,
      boolean noTransferProgress,
      Map<String, String> environment) {}

  /** A bar only where nothing speaks against it. */
  public static Terminal of(Signs signs) {
    return new Terminal(
        signs.screen()
            && !signs.batch()
            && !signs.quiet()
            && !signs.noTransferProgress()
            && canDraw(signs.environment()));
  }

  /** Whether output goes to a terminal, and not to a file or a pipe. */
  public static boolean hasScreen() {
    return Optional.ofNullable(System.console()).filter(Terminal::isTerminal).isPresent();
  }

  /** Where a bar is drawn: past Maven's own output, which some versions prefix and buffer. */
  Optional<PrintWriter> screen() {
    return interactive
        ? Optional.ofNullable(System.console()).map(Console::writer)
        : Optional.empty();
  }

  private static boolean canDraw(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    boolean windows = environment.containsKey("WINDIR");
    return !term.equals("dumb")
        && (windows || !term.isEmpty())
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !isSet(environment.getOrDefault("CI", ""));
  }

  /** {@code CI=false} is how some services say that it is a person after all. */
  private static boolean isSet(String value) {
    return !value.isEmpty() && !value.equalsIgnoreCase("false");
  }

  /** From Java 22 on there is a console also without a terminal, and it says which. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
