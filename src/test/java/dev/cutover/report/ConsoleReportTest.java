package dev.cutover.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Goal;
import dev.cutover.event.DeployEvent;
import dev.cutover.event.StepRef;
import dev.cutover.testkit.time.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

  private static final StepRef UPLOAD = Story.step("stage", "upload");

  private final RecordingConsole console = new RecordingConsole();
  private final ManualClock clock = new ManualClock();
  private final ConsoleReport report = new ConsoleReport(console, Optional.empty(), clock);

  @Test
  void everyKindOfEventIsHandled() {
    assertThat(report.events().types())
        .containsExactlyInAnyOrder(kinds(DeployEvent.class.getPermittedSubclasses()));
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends DeployEvent>[] kinds(Class<?>... types) {
    return (Class<? extends DeployEvent>[]) types;
  }

  @Test
  void aRemoteCommandCannotSteerTheTerminalOrForgeALine() {
    new Story(report, "app1")
        .tell(
            new DeployEvent.StepOutput(
                UPLOAD, "app1", "\u001b[2J\u001b]0;x\u0007\rRELEASED\n[INFO] fine\u202e\u009b1m"))
        .fail("app1", "switch", "switch", false, 10, "first\nRELEASED \u001b[1A");
    assertThat(console.lines())
        .containsExactly(
            "[INFO]       app1 upload | \\x1b[2J\\x1b]0;x\\x07\\rRELEASED\\n[INFO] fine\\u{202e}\\x9b1m",
            "[ERROR]   switch                         app1     0.0s  FAILED",
            "[ERROR]       app1 switch | first",
            "[ERROR]       app1 switch | RELEASED \\x1b[1A");
  }

  @Test
  void aQuickUploadSaysNothingBeforeItsEnd() {
    progress(25, 50, 75, 100);
    assertThat(console.lines()).isEmpty();
  }

  @Test
  void aLongUploadSpeaksEveryQuarterAndEveryTenSeconds() {
    new Story(report, "app1").start(Goal.RELEASE);
    console.lines().clear();
    progress(0);
    clock.advance(Duration.ofSeconds(4));
    progress(24);
    clock.advance(Duration.ofSeconds(1));
    progress(26);
    clock.advance(Duration.ofSeconds(1));
    progress(51);
    clock.advance(Duration.ofSeconds(9));
    progress(52, 100);
    assertThat(console.lines())
        .containsExactly(
            "[INFO]       app1 upload | 26%, 26.0 MB of 100.0 MB",
            "[INFO]       app1 upload | 52%, 52.0 MB of 100.0 MB");
  }

  private void progress(int... percents) {
    for (int percent : percents) {
      report.on(new DeployEvent.StepProgress(UPLOAD, "app1", percent * 1_000_000L, 100_000_000));
    }
  }

  @Test
  void aCheckIsHeardAgainOnlyWhenItsAnswerIsNewsAndNotTooOften() {
    Story story = new Story(report, "app1");
    story.attempt("app1", 1, false, "refused").attempt("app1", 2, false, "503");
    clock.advance(Duration.ofSeconds(6));
    story.attempt("app1", 3, false, "503").attempt("app1", 4, false, "500");
    assertThat(console.lines())
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).endsWith("try 1: " + Story.URL + ": refused"),
            line -> assertThat(line).endsWith("try 3: " + Story.URL + ": 503"));
  }

  @Test
  void aStepThatOnlyLooksMayEndWellAndStillFindItSick() {
    StepRef baseline = Story.step("stage", "baseline");
    report.on(new DeployEvent.HealthAttempted(baseline, "app1", "tcp x:1", 1, false, "refused"));
    report.on(new DeployEvent.StepFinished(baseline, "app1", false, Duration.ZERO, ""));
    assertThat(console.lines()).last().asString().endsWith("0.0s  SICK: tcp x:1");
  }

  @Test
  void theBarIsDrawnOnTheScreenAndWipedBeforeAnyLine() {
    StringWriter screen = new StringWriter();
    ConsoleReport drawn = new ConsoleReport(console, Optional.of(new PrintWriter(screen)), clock);
    drawn.on(new DeployEvent.StepProgress(UPLOAD, "app1", 50_000_000, 100_000_000));
    drawn.on(new DeployEvent.StepProgress(UPLOAD, "app2", 0, 100_000_000));
    drawn.on(new DeployEvent.StepFinished(UPLOAD, "app1", false, Duration.ofSeconds(1), ""));
    drawn.on(new DeployEvent.StepProgress(UPLOAD, "app2", 100_000_000, 100_000_000));
    drawn.on(new DeployEvent.StepFinished(UPLOAD, "app2", false, Duration.ofSeconds(2), ""));
    assertThat(screen.toString()).contains("\r  upload").contains("MB").endsWith(" \r");
    assertThat(console.lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("100.0 MB").doesNotContain("\r"));
  }
}
