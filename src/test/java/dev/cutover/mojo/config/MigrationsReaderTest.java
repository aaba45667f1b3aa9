package dev.cutover.mojo.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.Migration;
import dev.cutover.domain.Migration.Forward;
import dev.cutover.domain.Migration.UndoOrder;
import dev.cutover.domain.Problem;
import dev.cutover.domain.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsReaderTest {

  private static final String FIRST = "<migrations><migration>[1]";
  private final Written written = new Written().withMigration();
  private final MigrationXml xml = written.migration;

  private Migration read() {
    return written.request().spec().migrations().get(0);
  }

  private List<String> places() {
    return written.problems().stream().map(Problem::parameter).toList();
  }

  @Test
  void hasDefaults() {
    assertThat(read())
        .isEqualTo(
            new Migration("db", read().up(), Optional.empty(), Optional.empty(), Where.FIRST));
  }

  @Test
  void readsEveryPart() {
    xml.down = "down it";
    xml.check = "check it";
    xml.version = "version";
    xml.backup = "backup >\"$BACKUP_PATH\"";
    xml.restore = "restore";
    xml.on = "all";
    xml.undoOrder = "beforeFlip";
    xml.probeOld = "true";
    written.withCommandCheck();
    Migration read = read();
    assertThat(read.down().orElseThrow().run()).isEqualTo("down it");
    assertThat(read.check()).isPresent();
    assertThat(read.version()).isPresent();
    assertThat(read.backup().orElseThrow().run()).isEqualTo("backup >\"$BACKUP_PATH\"");
    assertThat(read.restore()).isPresent();
    assertThat(read.on()).isEqualTo(Where.ALL);
    assertThat(read.undoOrder()).isEqualTo(UndoOrder.BEFORE_FLIP);
    assertThat(read.probeOld()).isTrue();
  }

  @Test
  void oneWordForAllHoldsUnlessAMigrationSaysOtherwise() {
    written.withCommandCheck();
    MigrationXml other = new MigrationXml();
    other.id = "other";
    other.up = "true";
    other.probeOld = "false";
    MigrationsXml all = Written.migrations(xml, other);
    all.probeOld = "true";
    written.xml.migrations = all;
    assertThat(written.request().spec().migrations())
        .extracting(Migration::probeOld)
        .containsExactly(true, false);
  }

  @Test
  void everythingThatCannotBeMeantIsNamedAtOnce() {
    xml.up = " ";
    xml.restore = "restore";
    xml.undoOrder = "beforeflip";
    xml.probeOld = "true";
    xml.forward = "localhost:0";
    xml.preset = "flywheel";
    assertThat(places())
        .containsExactlyInAnyOrder(
            FIRST + "<preset>",
            FIRST + "<restore>",
            FIRST + "<undoOrder>",
            FIRST + "<probeOld>",
            FIRST + "<forward>",
            FIRST + "<forward>");
  }

  @Test
  void undoBeforeTheFlipNeedsADown() {
    xml.undoOrder = "beforeFlip";
    assertThat(places()).containsExactly(FIRST + "<undoOrder>");
  }

  @Test
  void whatRunsHereMayReachThroughTheConnectionButKeepsNoBackup() {
    xml.on = "local";
    xml.forward = "[::1]:5432";
    assertThat(read().forward()).contains(new Forward("::1", 5432));
    xml.backup = "pg_dump";
    assertThat(places()).containsExactly(FIRST + "<backup>");
  }

  @Test
  void anUnknownPresetNamesTheKnownOnes() {
    xml.preset = "flywheel";
    assertThat(written.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.parameter()).isEqualTo(FIRST + "<preset>");
              assertThat(problem.message()).contains("'flywheel' is no preset");
            });
  }

  @Test
  void aPresetOfOnesOwnHasWhatItDefines(@TempDir Path base) throws IOException {
    written.base = base;
    Files.createDirectories(base.resolve("src/deploy"));
    Files.writeString(
        base.resolve("src/deploy/tool.sh"),
        "# my tool\nurl=$(cat config/url)\nup() {\n  tool up\n}\n  version() { :; }\ncheck() { :; }\n");
    xml.preset = "src/deploy/tool.sh";
    xml.up = null;
    xml.check = "own check";
    Migration read = read();
    assertThat(read.up().title()).isEqualTo("preset src/deploy/tool.sh: up");
    assertThat(read.up().run()).contains("tool up\n").endsWith("\nup\n");
    assertThat(read.check().orElseThrow().run()).isEqualTo("own check");
    assertThat(read.version()).isEmpty();
    assertThat(read.down()).isEmpty();
  }

  @Test
  void aPresetThatIsBuiltInDoesWithoutWhatIsSaidToBeNone() {
    xml.preset = "sql";
    xml.up = null;
    assertThat(read().restore()).isPresent();
    xml.backup = " none ";
    xml.version = "none";
    Migration read = read();
    assertThat(read.up().run()).contains("MIGRATION_ID.env", "cutover_migrations");
    assertThat(read.down()).isPresent();
    assertThat(read.version()).isEmpty();
    assertThat(read.backup()).isEmpty();
    assertThat(read.restore()).isEmpty();
  }

  @Test
  void aPresetMustBeThereAndDefineSomething(@TempDir Path base) throws IOException {
    written.base = base;
    xml.preset = "tool.sh";
    assertThat(places()).containsExactly(FIRST + "<preset>");
    Files.writeString(base.resolve("tool.sh"), "echo hello\n");
    assertThat(places()).containsExactly(FIRST + "<preset>");
    Files.write(base.resolve("tool.sh"), new byte[] {'u', 'p', '(', ')', (byte) 0xff});
    assertThat(places()).containsExactly(FIRST + "<preset>");
  }
}
