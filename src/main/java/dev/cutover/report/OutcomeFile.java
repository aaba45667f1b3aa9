package dev.cutover.report;

import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.HostState;
import dev.cutover.event.DeployEvent;
import dev.cutover.event.DeployEvent.Planned;
import dev.cutover.event.DeployEvent.RunEnded;
import dev.cutover.event.DeployEvent.RunStarted;
import dev.cutover.event.DeployListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps {@code outcome.json}: OUTCOME_UNKNOWN from the moment a goal that may change something
 * starts, replaced in one atomic step when it ends. So whoever reads it finds a whole document, and
 * a run that died never leaves an older run's success behind. Goals that only read write nothing.
 */
public final class OutcomeFile implements DeployListener {

  public static final String NAME = "outcome.json";

  private static final Set<Goal> MUTATING =
      EnumSet.of(
          Goal.RELEASE,
          Goal.STAGE,
          Goal.ACTIVATE,
          Goal.ROLLBACK,
          Goal.RECOVER,
          Goal.RESTORE,
          Goal.UNLOCK,
          Goal.PRUNE,
          Goal.DISCARD);

  private final Path file;
  private final Clock clock;
  private final EventSwitch events = new EventSwitch();
  private Optional<OutcomeReport> begun = Optional.empty();

  /** Keeps {@code outcome.json} in {@code directory}, which is made when it is missing. */
  public OutcomeFile(Path directory, Clock clock) {
    this.file = directory.resolve(NAME);
    this.clock = clock;
    events
        .on(RunStarted.class, this::started)
        .on(Planned.class, this::planned)
        .on(RunEnded.class, this::ended);
  }

  /**
   * Writes what the event tells.
   *
   * @throws UncheckedIOException if the file cannot be written; what stood there before still does
   */
  @Override
  public void on(DeployEvent event) {
    events.accept(event);
  }

  private void started(RunStarted e) {
    if (!MUTATING.contains(e.goal())) {
      return;
    }
    begin(
        new OutcomeReport(
            Outcome.OUTCOME_UNKNOWN,
            e.goal(),
            Optional.empty(),
            Optional.empty(),
            e.project().version(),
            e.project().revision(),
            clock.instant(),
            Duration.ZERO,
            e.hosts().stream().map(OutcomeFile::unread).toList(),
            List.of(),
            "",
            "mvn deploy:status"));
  }

  private void planned(Planned e) {
    begun.ifPresent(
        run ->
            begin(
                new OutcomeReport(
                    run.outcome(),
                    run.goal(),
                    e.release(),
                    e.previous(),
                    run.version(),
                    run.revision(),
                    run.startedAt(),
                    run.duration(),
                    run.hosts(),
                    run.migrations(),
                    run.happened(),
                    run.next())));
  }

  private void begin(OutcomeReport run) {
    begun = Optional.of(run);
    replace(OutcomeJson.begun(run));
  }

  private void ended(RunEnded e) {
    if (MUTATING.contains(e.report().goal())) {
      replace(OutcomeJson.ended(e.report()));
    }
    begun = Optional.empty();
  }

  private static HostState unread(String host) {
    return new HostState(host, Optional.empty(), Optional.empty(), Health.UNKNOWN, "");
  }

  private void replace(String json) {
    try {
      Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = directory.resolve(NAME + "." + UUID.randomUUID() + ".tmp");
      try {
        write(fresh, json);
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** On disk before it takes the name: a file that is empty after a power cut tells nothing. */
  private static void write(Path fresh, String json) throws IOException {
    try (FileChannel channel =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
