package dev.cutover.proof.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.bundle.BundleAssembler;
import dev.cutover.bundle.BundleSpec;
import dev.cutover.domain.Digests;
import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.Health;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Outcome;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.HostHistory;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalCodec;
import dev.cutover.domain.journal.JournalCompactor;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.Direction;
import dev.cutover.domain.journal.JournalEntry.Verdict;
import dev.cutover.error.CutoverException;
import dev.cutover.proof.Proof;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.LockReply;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.local.LocalConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a host says, and what lies in an archive, changed at random: it is understood, or it ends in
 * an error of ours that names the host or the archive, and nothing else. A seed makes the same
 * choices again, {@code -Dproof.sample} sets their number.
 */
@Tag("proof")
class FuzzProofTest {

  private static final String RUN = "00000000000000a1";
  private static final ReleaseId ID = new ReleaseId("20260101000001");

  private final Path temp;
  private final long seed = Long.getLong("proof.seed", System.nanoTime() & 0xffffff);
  private final Random random = new Random(seed);
  private final Mutator mutator = new Mutator(random);
  private final Layout layout;
  private final FactsQuery query;

  FuzzProofTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    layout = new Layout(new RemotePath(temp.toRealPath().resolve("root").toString()));
    query = new FactsQuery(new Target.Root.Absolute(layout.root()), Shared.NONE);
  }

  private static int cases(int share, int whole) {
    return Integer.getInteger("proof.sample", Proof.full() ? whole : share);
  }

  private ScriptedHost host(ToldConnection connection) {
    return new ScriptedHost(
        new Target.Local(new Target.Root.Absolute(layout.root()), "file://" + layout.root()),
        connection);
  }

  private LockRequest request() {
    return new LockRequest(
        RUN, "me@here", Goal.RELEASE, List.of("file:///a", "file:///b b"), "file:///a");
  }

  private static List<HostOp> ops(Layout layout) {
    HostOp.CommandRun command =
        new HostOp.CommandRun(
            "odd", "echo out; exit 3", layout.root(), Map.of(), 20, Optional.empty());
    return List.of(
        new HostOp.Append(new JournalEntry.StateChanged(RUN, ID, ReleaseState.STAGED, "why so")),
        new HostOp.Orphans(),
        new HostOp.Run(command, RUN));
  }

  @Test
  void repliesEndInNothingButErrorsOfOurs() {
    try (ToldConnection connection = new ToldConnection(new LocalConnection());
        ScriptedHost host = host(connection)) {
      LockToken token = ((LockReply.Granted) host.lock(request(), query)).token();
      List<String> lock = connection.heard();
      List<OpResult> real = host.perform(layout, token, ops(layout), OpListener.SILENT);
      assertThat(real).hasSize(3);
      final List<String> results = connection.heard();
      understood(host.facts(query));
      final List<String> facts = connection.heard();
      int count = cases(4_000, 100_000);
      int errors = 0;
      for (int i = 0; i < count; i++) {
        int kind = i % 3;
        List<String> said = mutator.lines(kind == 0 ? lock : kind == 1 ? results : facts);
        connection.tells(said);
        errors +=
            failed(
                said.toString(),
                () -> {
                  switch (kind) {
                    case 0 -> understood(host.lock(request(), query).facts());
                    case 1 ->
                        understood(host.perform(layout, token, ops(layout), OpListener.SILENT));
                    default -> understood(host.facts(query));
                  }
                });
      }
      figures("replies", count, errors);
    }
  }

  @Test
  void repliesWithoutEndAreCutOff() {
    List<String> endless =
        List.of(
            ToldConnection.NONCE + " value x " + "%61".repeat(10_000),
            "noise ".repeat(1000),
            ToldConnection.NONCE + " begin 0",
            ToldConnection.NONCE + " release " + "1".repeat(100),
            ToldConnection.NONCE + " journal",
            "");
    for (String line : endless) {
      try (ToldConnection connection = new ToldConnection(new LocalConnection());
          ScriptedHost host = host(connection)) {
        connection.tells(
            () ->
                Stream.concat(
                        Stream.of(
                            ToldConnection.NONCE + " hello", ToldConnection.NONCE + " begin 0"),
                        Stream.generate(() -> line))
                    .iterator());
        assertThatThrownBy(() -> host.facts(query))
            .isInstanceOf(CutoverException.class)
            .hasMessageContaining("localhost: what it says was cut off: more than");
        assertThatThrownBy(
                () ->
                    host.perform(
                        layout,
                        LockToken.parse("1:a1:me:release:1").orElseThrow(),
                        ops(layout),
                        OpListener.SILENT))
            .isInstanceOf(CutoverException.class)
            .hasMessageContaining("localhost: ");
      }
    }
  }

  private static void understood(HostFacts facts) {
    folded(facts.journal());
    var unused = ReleaseId.next(facts.clock(), facts.releases());
    facts
        .lock()
        .flatMap(LockToken::parse)
        .ifPresent(token -> assertThat(token.text()).isNotEmpty());
    assertThat(facts.freeBytes()).isNotNegative();
    assertThat(facts.freeInodes()).isNotNegative();
    facts.beat().ifPresent(beat -> assertThat(beat).containsOnlyDigits());
  }

  private static void understood(List<OpResult> results) {
    assertThat(results).hasSizeBetween(1, 3);
    results.forEach(result -> assertThat(result.message()).hasSizeLessThan(500_000));
  }

  private static void folded(Journal journal) {
    HostHistory history = HostHistory.of(journal);
    Journal shorter = JournalCompactor.compact(journal);
    assertThat(JournalCodec.parse(JournalCodec.text(shorter)).lines().size())
        .isLessThanOrEqualTo(shorter.lines().size());
    history.runs().forEach(run -> assertThat(history.settledBy(run)).isNotNull());
  }

  /** Records whose sums are right, and whose words are not. */
  @Test
  void journalsAreReadWhateverStandsInThem() {
    List<JournalEntry> entries =
        List.of(
            new JournalEntry.RunStarted(
                RUN, Goal.RELEASE, "me", Optional.of(layout.current()), List.of("a", "b"), true),
            new JournalEntry.Based(RUN, Optional.of(layout.current())),
            new JournalEntry.Baseline(RUN, Health.HEALTHY),
            new JournalEntry.Described(ID, "1", "abc", "m", "c"),
            new JournalEntry.StateChanged(RUN, ID, ReleaseState.SEALED, ""),
            new JournalEntry.StepBegan(RUN, "hook"),
            new JournalEntry.StepUndone(RUN, "hook"),
            new JournalEntry.BackedUp(RUN, ID, "db"),
            new JournalEntry.MigrationIntent(RUN, ID, "db", Direction.UP),
            new JournalEntry.MigrationResult(RUN, ID, "db", Direction.UP, 0),
            new JournalEntry.MigrationJudged(RUN, ID, "db", Verdict.APPLIED, "by hand"),
            new JournalEntry.Switching(RUN, Optional.of(layout.current()), Optional.empty()),
            new JournalEntry.Switched(RUN, Optional.empty(), Optional.of(layout.release(ID))),
            new JournalEntry.WatchdogActed(RUN),
            new JournalEntry.Stopped(RUN, "INT"),
            new JournalEntry.Committed(RUN, Optional.of(ID)),
            new JournalEntry.RunEnded(RUN, Outcome.RELEASED));
    List<String> records =
        entries.stream().map(entry -> "1700000000 7 " + JournalCodec.body(entry)).toList();
    int count = cases(3_000, 90_000);
    int errors = 0;
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (String payload : mutator.lines(records)) {
        String sum = Digests.sha256(payload).substring(0, 16);
        text.append("\n%d %s %s\n".formatted(payload.length(), sum, payload));
      }
      String journal =
          random.nextInt(4) > 0
              ? text.toString()
              : new String(mutator.bytes(text.toString().getBytes(UTF_8)), UTF_8);
      errors += failed(journal, () -> folded(JournalCodec.parse(journal)));
    }
    assertThat(errors).isZero();
    figures("journals", count, errors);
  }

  @Test
  void archivesEndInNothingButErrorsOfOurs() throws IOException {
    byte[] tar = tar();
    byte[] zip = zip();
    int count = cases(400, 10_000);
    int errors = 0;
    for (int i = 0; i < count; i++) {
      boolean tarred = i % 2 == 0;
      Path archive = temp.resolve(tarred ? "a.tar" : "a.zip");
      Files.write(archive, mutator.bytes(tarred ? tar : zip));
      BundleSpec spec =
          new BundleSpec(
              List.of(
                  new BundleSpec.Item(
                      "<file>", archive, ".", true, List.of(), OptionalInt.empty())));
      errors +=
          failed(
              "archive " + i,
              () -> {
                var unused = new BundleAssembler(temp.resolve("work")).assemble(spec).manifest();
              });
    }
    figures("archives", count, errors);
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      each(
          (name, content) -> {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length());
            tar.putArchiveEntry(entry);
            tar.write(content.getBytes(UTF_8));
            tar.closeArchiveEntry();
          });
      TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
      link.setLinkName("bin");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      each(
          (name, content) -> {
            zip.putArchiveEntry(new ZipArchiveEntry(name));
            zip.write(content.getBytes(UTF_8));
            zip.closeArchiveEntry();
          });
      ZipArchiveEntry link = new ZipArchiveEntry("link");
      link.setUnixMode(0120777);
      zip.putArchiveEntry(link);
      zip.write("bin".getBytes(UTF_8));
      zip.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private interface Taker {
    void add(String name, String content) throws IOException;
  }

  private static void each(Taker to) throws IOException {
    to.add("bin/start", "go");
    to.add("lib/" + "long/".repeat(30) + "ü", "there");
    to.add("empty/", "");
    to.add("text", "x".repeat(2000));
  }

  /** 1 for an error of ours; anything else is a fault, told with what it came of. */
  private int failed(String of, Runnable work) {
    try {
      work.run();
      return 0;
    } catch (CutoverException e) {
      String message = String.valueOf(e.getMessage());
      assertThat(message.chars().filter(c -> Character.isISOControl(c) && c != '\n'))
          .as(of)
          .isEmpty();
      assertThat(message).hasSizeLessThan(100_000);
      return 1;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(e + " came of " + of + " (seed " + seed + ")", e);
    }
  }

  private void figures(String what, int count, int errors) {
    System.out.println(
        "proof fuzz: %d %s, %d of them understood, no unchecked exception (seed %d)"
            .formatted(count, what, count - errors, seed));
  }
}
