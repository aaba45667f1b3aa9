package dev.cutover.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.OutcomeReport.MigrationState;
import dev.cutover.domain.ReleaseId;
import dev.cutover.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups before {@code up}, and back from them by hand. */
@Execution(ExecutionMode.CONCURRENT)
@Order(4)
class BackupTest {

  private final Path temp;
  private final DatabaseScene scene;

  BackupTest(@TempDir Path temp) {
    this.temp = temp;
    scene = new DatabaseScene(temp);
    scene.command("backup", "cp $db \"$BACKUP_PATH\"");
    scene.command("restore", "cp \"$BACKUP_PATH\" $db");
    DatabaseScene.write(scene.db, "zero\n");
  }

  private Path backups(ReleaseId id) {
    return scene.state().resolve("backups").resolve(id.value());
  }

  private Path backup(ReleaseId id) {
    return backups(id).resolve("db");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aBackupIsMadeBeforeUpKeptForItsOwnerAloneAndPrunedWithItsRelease() throws IOException {
    scene.keep = 2;
    ReleaseId one = scene.release("one").release().orElseThrow();
    assertThat(DatabaseScene.lines(backup(one))).containsExactly("zero");
    assertThat(mode(backup(one))).isEqualTo("rw-------");
    assertThat(mode(backups(one))).isEqualTo("rwx------");
    assertThat(scene.started()).containsSubsequence("backup one 1", "up one 1");
    for (String next : List.of("two", "three", "four")) {
      assertThat(scene.release(next).outcome()).isEqualTo(Outcome.RELEASED);
    }
    assertThat(backups(one)).doesNotExist();
  }

  @Test
  void aBackupMayBeADirectory() throws IOException {
    scene.command("backup", "mkdir \"$BACKUP_PATH\"; cp $db \"$BACKUP_PATH/dump\"");
    ReleaseId one = scene.release("one").release().orElseThrow();
    assertThat(mode(backup(one))).isEqualTo("rwx------");
    assertThat(mode(backup(one).resolve("dump"))).isEqualTo("rw-------");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "exit 3, exited 3",
    "true, left nothing",
    ": >\"$BACKUP_PATH\", only emptiness",
    "mkdir \"$BACKUP_PATH\", only emptiness",
    "ln -s $db \"$BACKUP_PATH\", is a link"
  })
  void withoutAGoodBackupUpIsNotStarted(String command, String why) {
    scene.command("backup", command);
    OutcomeReport report = scene.release("one");
    assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
    assertThat(report.happened())
        .contains("the backup failed, so <up> was not started")
        .contains(why);
    assertThat(report.migrations()).isEmpty();
    assertThat(scene.started()).noneMatch(start -> start.startsWith("up"));
    assertThat(backup(report.release().orElseThrow())).doesNotExist();
  }

  @Test
  void aFullDiskStopsTheReleaseAndIsNamed() throws IOException {
    assumeTrue(
        Commands.run("mount", "-t", "tmpfs", "-o", "size=4m", "none", small()).ok(),
        "may mount a tmpfs");
    try {
      scene.roots.set(0, Path.of(small(), "srv"));
      scene.command("backup", "head -c 9000000 /dev/zero >\"$BACKUP_PATH\"");
      OutcomeReport report = scene.release("one");
      assertThat(report.outcome()).isEqualTo(Outcome.REVERTED);
      assertThat(report.happened()).contains("the file system is full");
      assertThat(scene.started()).noneMatch(start -> start.startsWith("up"));
      scene.command("backup", "cp $db \"$BACKUP_PATH\"");
      assertThat(scene.release("one").outcome()).isEqualTo(Outcome.RELEASED);
    } finally {
      Commands.run("umount", "-l", small());
    }
  }

  private String small() throws IOException {
    return Files.createDirectories(temp.resolve("small")).toString();
  }

  @Test
  void restoringNeedsForceAndSaysWhatWouldBeLost() {
    ReleaseId one = scene.release("one").release().orElseThrow();
    assertThat(scene.run(Deployments::restore).happened()).contains("which release");
    scene.releaseId = Optional.of(one);
    OutcomeReport refused = scene.run(Deployments::restore);
    assertThat(refused.outcome()).isEqualTo(Outcome.NOTHING_CHANGED);
    assertThat(refused.success()).isFalse();
    assertThat(refused.happened()).contains("db").contains("is lost");
    assertThat(refused.next()).contains("-Ddeploy.force");
    assertThat(scene.database()).containsExactly("zero", "one");
  }

  @Test
  void aReleaseAndItsDatabaseComeBackFromItsBackup() {
    ReleaseId one = scene.release("one").release().orElseThrow();
    scene.release("two");
    DatabaseScene.write(scene.db, "rubbish\n");
    scene.started();
    scene.releaseId = Optional.of(one);
    scene.force = true;
    OutcomeReport report = scene.run(Deployments::restore);
    assertThat(report.happened()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(report.migrations()).containsExactly(new MigrationState("db", "applied"));
    assertThat(scene.live()).isEqualTo("one");
    // The backup is from before its up, and check says so.
    assertThat(scene.started())
        .containsExactly("restore one -", "check one -", "up one 1", "restart one -");
    assertThat(scene.database()).containsExactly("zero", "one");
    scene.releaseId = Optional.empty();
    scene.force = false;
    assertThat(scene.release("three").outcome()).isEqualTo(Outcome.RELEASED);
  }

  @Test
  void aCheckThatCannotTellAfterARestoreLeavesTheDatabaseInDoubt() {
    ReleaseId one = scene.release("one").release().orElseThrow();
    scene.command("check", "exit 7");
    scene.releaseId = Optional.of(one);
    scene.force = true;
    OutcomeReport report = scene.run(Deployments::restore);
    assertThat(report.outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(report.happened()).contains("could not tell what is there");
  }

  @Test
  void whatARestoreHasAppliedAgainARollbackCanTakeBack() {
    scene.release("one");
    ReleaseId two = scene.release("two").release().orElseThrow();
    scene.releaseId = Optional.of(two);
    scene.force = true;
    assertThat(scene.run(Deployments::restore).outcome()).isEqualTo(Outcome.RESTORED);
    scene.started();
    scene.releaseId = Optional.empty();
    scene.force = false;
    scene.undoMigrations = true;
    assertThat(scene.run(Deployments::rollback).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.started()).contains("down two 2");
    assertThat(scene.database()).containsExactly("zero", "one");
  }

  @Test
  void withoutACheckOnlyTheBackupComesBack() {
    scene.commands.remove("check");
    ReleaseId one = scene.release("one").release().orElseThrow();
    scene.started();
    scene.releaseId = Optional.of(one);
    scene.force = true;
    assertThat(scene.run(Deployments::restore).outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(scene.database()).containsExactly("zero");
    assertThat(scene.started()).containsExactly("restore one -", "restart one -");
  }

  @Test
  void aRestoreThatFailsSwitchesNothingAndLeavesTheDatabaseInDoubt() {
    ReleaseId one = scene.release("one").release().orElseThrow();
    scene.release("two");
    scene.command("restore", "exit 5");
    scene.releaseId = Optional.of(one);
    scene.force = true;
    OutcomeReport report = scene.run(Deployments::restore);
    assertThat(report.outcome()).isEqualTo(Outcome.IN_DOUBT);
    assertThat(scene.live()).isEqualTo("two");
    scene.command("restore", "cp \"$BACKUP_PATH\" $db");
    assertThat(scene.run(Deployments::restore).outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(scene.live()).isEqualTo("one");
    scene.releaseId = Optional.empty();
    scene.force = false;
    assertThat(scene.release("three").outcome()).isEqualTo(Outcome.RELEASED);
  }
}
