package dev.cutover.report;

import dev.cutover.event.StepRef;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * One bar for all uploads of a step, drawn on the terminal itself. It is the console too, because
 * every other line must wipe the bar first and let it come back below.
 */
final class BarProgress implements Progress, Console {

  private static final int REDRAW_MILLIS = 200;
  private static final long MEGABYTE = 1_000_000;

  private record Upload(long done, long total) {}

  private final Console console;
  private final BarScreen screen;
  private final Supplier<Words> words;
  private final Map<String, Upload> uploads = new LinkedHashMap<>();
  private final Map<String, Upload> ended = new LinkedHashMap<>();
  private Optional<ProgressBar> bar = Optional.empty();

  BarProgress(Console console, PrintWriter terminal, Supplier<Words> words) {
    this.console = console;
    this.screen = new BarScreen(terminal);
    this.words = words;
  }

  @Override
  public void moved(StepRef step, String host, long done, long total) {
    uploads.put(host, new Upload(done, total));
    ProgressBar shown = bar.orElseGet(() -> open(step));
    bar = Optional.of(shown);
    shown.maxHint(sum(Upload::total));
    shown.stepTo(sum(Upload::done));
  }

  @Override
  public void ended(StepRef step, String host) {
    Optional.ofNullable(uploads.remove(host)).ifPresent(upload -> ended.put(host, upload));
    if (uploads.isEmpty()) {
      close();
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
    uploads.clear();
    ended.clear();
  }

  @Override
  public void info(String line) {
    screen.above(() -> console.info(line));
  }

  @Override
  public void warn(String line) {
    screen.above(() -> console.warn(line));
  }

  @Override
  public void error(String line) {
    screen.above(() -> console.error(line));
  }

  private ProgressBar open(StepRef step) {
    return new ProgressBarBuilder()
        .setTaskName(Visible.of(words.get().barTitle(step)))
        .setUnit(" MB", MEGABYTE)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .showSpeed()
        .setConsumer(screen)
        .build();
  }

  private long sum(ToLongFunction<Upload> figure) {
    return uploads.values().stream().mapToLong(figure).sum()
        + ended.values().stream().mapToLong(figure).sum();
  }
}
