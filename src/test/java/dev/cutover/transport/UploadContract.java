package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Shared;
import dev.cutover.testkit.host.TestPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How files become a sealed release. */
abstract class UploadContract extends LockContract {

  @Test
  void fewFilesBecomeALiveRelease() throws IOException {
    release(ONE, new TestPayload().with("a b'c.txt", "A").with("bin/run", "#!/bin/sh\n"));
    Path release = root.resolve("releases/" + ONE);
    assertThat(root.resolve("current").toRealPath()).isEqualTo(release.toRealPath());
    assertThat(Files.readSymbolicLink(root.resolve("current")).toString())
        .isEqualTo(release.toString());
    assertThat(release.resolve("VERSION")).hasContent("1.0");
    assertThat(release.resolve("REVISION")).hasContent("abc");
    assertThat(mode(release.resolve("a b'c.txt"))).isEqualTo("rw-r--r--");
    assertThat(mode(release.resolve("bin/run"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(release.resolve("bin"))).isEqualTo("rwxr-xr-x");
    assertThat(root.resolve(".cutover/staging")).isEmptyDirectory();
    assertThat(root.resolve("revisions.log")).hasContent("deployed");
    assertThat(states()).containsExactly("STAGED", "SEALED", "LIVE", "GOOD");
    assertThat(host.facts(query()).lock()).isEmpty();
  }

  @Test
  void manyFilesGoAsOneStreamWithTheirModes() throws IOException {
    String deep = "d/".repeat(60) + "x".repeat(120);
    release(
        ONE,
        new TestPayload()
            .withMany(40)
            .with("-rf", "dash")
            .with(deep, "deep")
            .with("é $(id) \"q\" \\ back", "odd")
            .with("bin/run", "x")
            .withEmpty("empty/dir"));
    Path release = root.resolve("releases/" + ONE);
    assertThat(release.resolve(deep)).hasContent("deep");
    assertThat(release.resolve("-rf")).hasContent("dash");
    assertThat(release.resolve("é $(id) \"q\" \\ back")).hasContent("odd");
    assertThat(release.resolve("empty/dir")).isEmptyDirectory();
    assertThat(mode(release.resolve("bin/run"))).isEqualTo("rwxr-xr-x");
    OpResult drift = host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT);
    assertThat(drift.values()).isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
  }

  @Test
  void aLargeTreeComesWholeByStreamsThatShareItsFiles() throws IOException {
    TestPayload payload = new TestPayload().with("bin/run", "x").withEmpty("empty/dir");
    for (int i = 0; i < 600; i++) {
      payload.with("large/" + i / 50 + "/" + i, String.valueOf(i % 10).repeat(15_000));
    }
    release(ONE, payload);
    Path release = root.resolve("releases/" + ONE);
    assertThat(mode(release.resolve("bin/run"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(release.resolve("large/7"))).isEqualTo("rwxr-xr-x");
    assertThat(release.resolve("empty/dir")).isEmptyDirectory();
    OpResult drift = host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT);
    assertThat(drift.values()).isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
  }

  @Test
  void driftIsNamed() throws IOException {
    release(ONE, new TestPayload().with("a", "1").with("b b", "2").with("c\\d", "3"));
    Path release = root.resolve("releases/" + ONE);
    Files.writeString(release.resolve("c\\d"), "x");
    Files.delete(release.resolve("b b"));
    Files.writeString(release.resolve("n'ew"), "x");
    OpResult drift = host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT);
    assertThat(drift.values())
        .isEqualTo(Map.of("changed", "c\\d", "missing", "b b", "added", "n'ew"));
  }

  @Test
  void damagedMissingAndAddedFilesAreRefused() throws IOException {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1").with("b", "2"));
    Path tree = uploaded().resolve(ONE.value());
    Files.writeString(tree.resolve("a"), "x");
    Files.delete(tree.resolve("b"));
    Files.writeString(tree.resolve("c"), "x");
    OpResult result = first(token, assemble(ONE, Shared.NONE, Map.of()));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.message())
        .contains("damaged: a")
        .contains("missing: b")
        .contains("not in the manifest: c");
  }

  @Test
  void ofAnUploadThatWasTriedAgainOnlyTheLastTryCounts() throws IOException {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    Path staging = root.resolve(".cutover/staging");
    // The first try, whose link fell silent, comes in late.
    Path late = staging.resolve(ONE + ".up-0");
    Files.createDirectories(late.resolve(ONE.value()));
    Files.writeString(late.resolve(ONE + "/a"), "torn");
    Files.writeString(late.resolve(ONE + ".manifest"), "late");
    assertThat(host.facts(query()).staged()).isEmpty();
    one(token, assemble(ONE, Shared.NONE, Map.of()));
    assertThat(staging.resolve(ONE + "/a")).hasContent("1");
    assertThat(late).doesNotExist();
    // And once more, when nobody waits for it any more.
    Files.createDirectories(late.resolve(ONE.value()));
    one(token, seal(ONE, false), new HostOp.Publish(ONE), new HostOp.Unlock());
    assertThat(staging).isEmptyDirectory();
    assertThat(root.resolve("releases/" + ONE + "/a")).hasContent("1");
  }

  /** Where the last upload has put its files. */
  private Path uploaded() throws IOException {
    try (var places = Files.list(root.resolve(".cutover/staging"))) {
      return places.max(Path::compareTo).orElseThrow();
    }
  }

  @Test
  void whatIsSharedIsLinkedAndWhatIsMissingIsNamedAtOnce() throws IOException {
    Shared shared = new Shared(List.of("log", "a b/c"), List.of("config/x.conf", "y"));
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1").with("log/old", "2").with("y", "in the way"));
    OpResult refused = first(token, assemble(ONE, shared, Map.of()));
    assertThat(refused.ok()).isFalse();
    assertThat(refused.message()).contains("shared/config/x.conf").contains("shared/y");
    assertThat(host.facts(new FactsQuery(query().root(), shared)).missingShared())
        .containsExactly("config/x.conf", "y");

    Files.createDirectories(root.resolve("shared/config"));
    Files.writeString(root.resolve("shared/config/x.conf"), "conf");
    Files.writeString(root.resolve("shared/y"), "why");
    one(token, assemble(ONE, shared, Map.of()));
    one(token, assemble(ONE, shared, Map.of()));
    Path tree = root.resolve(".cutover/staging/" + ONE);
    assertThat(Files.readSymbolicLink(tree.resolve("a b/c")))
        .isEqualTo(root.resolve("shared/a b/c"));
    assertThat(tree.resolve("y")).hasContent("why");
    assertThat(Files.isSymbolicLink(tree.resolve("log"))).isTrue();
    one(token, seal(ONE, false), new HostOp.Publish(ONE));
    assertThat(host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT).values())
        .isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
  }

  @Test
  void seedsOfTheStagingPathAreFoundAfterABuild() throws IOException {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    one(token, assemble(ONE, Shared.NONE, Map.of()));
    Path tree = root.resolve(".cutover/staging/" + ONE);
    Files.writeString(tree.resolve("activate"), "PATH=" + tree + "/bin");
    OpResult refused = first(token, seal(ONE, true));
    assertThat(refused.message()).contains("./activate");
    Files.writeString(tree.resolve("activate"), "fine");
    one(token, seal(ONE, true), new HostOp.Publish(ONE));
    assertThat(host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT).value("added"))
        .isEmpty();
  }
}
