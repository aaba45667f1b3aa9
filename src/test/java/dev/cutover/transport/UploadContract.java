package dev.cutover.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Shared;
import dev.cutover.testkit.host.TestPayload;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How files become a sealed release. */
abstract class UploadContract extends LockContract {

  @Test
  void fewFilesBecomeALiveRelease() {
    release(ONE, new TestPayload().with("a b'c.txt", "A").with("bin/run", "#!/bin/sh\n"));
    String release = "releases/" + ONE;
    assertThat(files.readLink("current")).isEqualTo(layout.release(ONE).value());
    assertThat(files.list("current")).containsExactlyElementsOf(files.list(release));
    assertThat(files.lines(release + "/VERSION")).containsExactly("1.0");
    assertThat(files.lines(release + "/REVISION")).containsExactly("abc");
    assertThat(files.mode(release + "/a b'c.txt")).isEqualTo("rw-r--r--");
    assertThat(files.mode(release + "/bin/run")).isEqualTo("rwxr-xr-x");
    assertThat(files.mode(release + "/bin")).isEqualTo("rwxr-xr-x");
    assertThat(files.list(".cutover/staging")).isEmpty();
    assertThat(files.lines("revisions.log")).containsExactly("deployed");
    assertThat(states()).containsExactly("STAGED", "SEALED", "LIVE", "GOOD");
    assertThat(host.facts(query()).lock()).isEmpty();
  }

  @Test
  void manyFilesGoAsOneStreamWithTheirModes() {
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
    String release = "releases/" + ONE;
    assertThat(files.text(release + "/" + deep)).isEqualTo("deep");
    assertThat(files.text(release + "/-rf")).isEqualTo("dash");
    assertThat(files.text(release + "/é $(id) \"q\" \\ back")).isEqualTo("odd");
    assertThat(files.list(release + "/empty/dir")).isEmpty();
    assertThat(files.mode(release + "/bin/run")).isEqualTo("rwxr-xr-x");
    OpResult drift = host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT);
    assertThat(drift.values()).isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
  }

  @Test
  void aLargeTreeComesWholeByStreamsThatShareItsFiles() {
    TestPayload payload = new TestPayload().with("bin/run", "x").withEmpty("empty/dir");
    for (int i = 0; i < 600; i++) {
      payload.with("large/" + i / 50 + "/" + i, String.valueOf(i % 10).repeat(15_000));
    }
    release(ONE, payload);
    String release = "releases/" + ONE;
    assertThat(files.mode(release + "/bin/run")).isEqualTo("rwxr-xr-x");
    assertThat(files.mode(release + "/large/7")).isEqualTo("rwxr-xr-x");
    assertThat(files.list(release + "/empty/dir")).isEmpty();
    OpResult drift = host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT);
    assertThat(drift.values()).isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
  }

  @Test
  void driftIsNamed() {
    release(ONE, new TestPayload().with("a", "1").with("b b", "2").with("c\\d", "3"));
    String release = "releases/" + ONE;
    files.write(release + "/c\\d", "x");
    files.delete(release + "/b b");
    files.write(release + "/n'ew", "x");
    OpResult drift = host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT);
    assertThat(drift.values())
        .isEqualTo(Map.of("changed", "c\\d", "missing", "b b", "added", "n'ew"));
  }

  @Test
  void driftOfModesLinksAndDirectoriesIsNamed() {
    Shared shared = new Shared(List.of("log"), List.of());
    LockToken token = lock();
    TestPayload payload = new TestPayload().with("a", "1").with("bin/run", "x").withEmpty("tmp");
    payload.with("lib/b", "2").with("log/old", "hidden");
    boolean carried = host.upload(layout, ONE, payload, (done, total) -> {});
    one(
        token,
        assemble(ONE, shared, carried ? Map.of() : payload.modes()),
        seal(ONE, false),
        new HostOp.Publish(ONE));
    assertThat(drift(ONE)).isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
    String release = "releases/" + ONE;
    files.chmod(release + "/bin/run", "rw-r--r--");
    files.chmod(release + "/lib", "rwx------");
    files.mkdirs(release + "/new/deep");
    files.symlink(release + "/l i'nk", "/etc/passwd");
    files.delete(release + "/log");
    files.symlink(release + "/log", "/elsewhere");
    files.delete(release + "/tmp");
    assertThat(drift(ONE))
        .isEqualTo(
            Map.of(
                "changed",
                "bin/run (rw-r--r--, was rwxr-xr-x)\nlib/ (rwx------, was rwxr-xr-x)",
                "missing",
                "log -> " + layout.shared().child("log") + "\ntmp/",
                "added",
                "l i'nk -> /etc/passwd\nlog -> /elsewhere\nnew/\nnew/deep/"));
  }

  @Test
  void namesThatOnlyOtherBytesTellApartAreNotMixedUp() {
    release(
        ONE,
        new TestPayload().with("conf/\u00e9", "1").with("conf/\u00f6", "2").with("conf/??", "3"));
    assertThat(drift(ONE)).isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
    LockToken token = lock();
    upload(TWO, new TestPayload().with("a", "1"));
    one(token, assemble(TWO, Shared.NONE, Map.of()));
    String tree = ".cutover/staging/" + TWO;
    files.mkdirs(tree + "/conf");
    files.write(tree + "/conf/\u00e0", "1");
    files.write(tree + "/conf/\u00e9", "2");
    files.write(tree + "/conf/\u00f6", "3");
    files.write(tree + "/conf/\u00e0 \\\n\u00e0", "4");
    files.write(tree + "/conf/\u00e9 \\\n\u00e0", "5");
    files.mkdirs(tree + "/d\u00e0");
    files.mkdirs(tree + "/d\u00e9");
    for (String name : files.list(tree + "/conf")) {
      files.chmod(tree + "/conf/" + name, "rw-r--r--");
    }
    files.chmod(tree + "/conf/\u00e0", "rwxr-xr-x");
    files.chmod(tree + "/conf/\u00e0 \\\n\u00e0", "rwxr-xr-x");
    files.chmod(tree + "/d\u00e0", "rwx------");
    one(token, seal(TWO, true));
    assertThat(drift(TWO)).isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
    files.chmod(tree + "/conf/\u00e0", "rw-r--r--");
    files.chmod(tree + "/conf/\u00f6", "rwxr-xr-x");
    files.chmod(tree + "/conf/\u00e9 \\\n\u00e0", "rwxr-xr-x");
    files.chmod(tree + "/d\u00e9", "rwx------");
    assertThat(drift(TWO).getOrDefault("changed", "").lines())
        .containsExactlyInAnyOrder(
            "conf/\u00e0 (rw-r--r--, was rwxr-xr-x)",
            "conf/\u00f6 (rwxr-xr-x, was rw-r--r--)",
            "conf/\u00e9 \\\\n\u00e0 (rwxr-xr-x, was rw-r--r--)",
            "d\u00e9/ (rwx------, was rwxr-xr-x)");
  }

  private Map<String, String> drift(ReleaseId id) {
    return host.query(layout, new HostQuery.Drift(id), OpListener.SILENT).values();
  }

  @Test
  void whatABuildHasMadeIsComparedWhateverItsName() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    one(token, assemble(ONE, Shared.NONE, Map.of()));
    String tree = ".cutover/staging/" + ONE;
    List<String> odd = List.of("new\nline", "a\nb \\n \\ c", "sp ace", "q\"u'o", "-rf", "# x");
    for (String name : odd) {
      files.write(tree + "/" + name, name);
    }
    files.mkdirs(tree + "/d\nir");
    files.write(tree + "/d\nir/inside", "1");
    files.mkdirs(tree + "/empty");
    files.symlink(tree + "/link", "a");
    files.chmod(tree + "/sp ace", "rwxr-x---");
    files.chmod(tree + "/empty", "rwxrwx---");
    one(token, seal(ONE, true));
    assertThat(drift(ONE)).isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
    files.write(tree + "/new\nline", "x");
    files.write(tree + "/a\nb \\n \\ c", "x");
    files.delete(tree + "/d\nir/inside");
    files.delete(tree + "/# x");
    files.write(tree + "/more\nlines", "x");
    assertThat(drift(ONE))
        .isEqualTo(
            Map.of(
                "changed", "a\\nb \\n \\ c\nnew\\nline",
                "missing", "# x\nd\\nir/inside",
                "added", "more\\nlines"));
  }

  @Test
  void aReleaseWithoutAManifestCannotBeCompared() {
    release(ONE, new TestPayload().with("a", "1"));
    files.delete(".cutover/manifests/" + ONE);
    OpResult drift = host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT);
    assertThat(drift.status()).isEqualTo(HostQuery.Drift.NO_MANIFEST);
    assertThat(drift.message()).contains("has no manifest");
  }

  @Test
  void ofAManifestThatHasNothingButSumsOnlyFilesAreCompared() {
    release(ONE, new TestPayload().with("a", "1").with("bin/run", "x"));
    String manifest = ".cutover/manifests/" + ONE;
    files.write(
        manifest,
        files.lines(manifest).stream()
            .filter(line -> !line.startsWith("# "))
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
    files.chmod("releases/" + ONE + "/bin/run", "rw-r--r--");
    files.symlink("releases/" + ONE + "/link", "a");
    files.delete("releases/" + ONE + "/a");
    assertThat(drift(ONE)).isEqualTo(Map.of("changed", "", "missing", "a", "added", ""));
  }

  @Test
  void damagedMissingAndAddedFilesAreRefused() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1").with("b", "2"));
    String tree = uploaded() + "/" + ONE;
    files.write(tree + "/a", "x");
    files.delete(tree + "/b");
    files.write(tree + "/c", "x");
    OpResult result = first(token, assemble(ONE, Shared.NONE, Map.of()));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.message())
        .contains("damaged: a")
        .contains("missing: b")
        .contains("not in the manifest: c");
  }

  @Test
  void ofAnUploadThatWasTriedAgainOnlyTheLastTryCounts() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    String staging = ".cutover/staging";
    // The first try, whose link fell silent, comes in late.
    String late = staging + "/" + ONE + ".up-0";
    files.mkdirs(late + "/" + ONE);
    files.write(late + "/" + ONE + "/a", "torn");
    files.write(late + "/" + ONE + ".manifest", "late");
    assertThat(host.facts(query()).staged()).isEmpty();
    one(token, assemble(ONE, Shared.NONE, Map.of()));
    assertThat(files.text(staging + "/" + ONE + "/a")).isEqualTo("1");
    assertThat(files.exists(late)).isFalse();
    // And once more, when nobody waits for it any more.
    files.mkdirs(late + "/" + ONE);
    one(token, seal(ONE, false), new HostOp.Publish(ONE), new HostOp.Unlock());
    assertThat(files.list(staging)).isEmpty();
    assertThat(files.text("releases/" + ONE + "/a")).isEqualTo("1");
  }

  /** Where the last upload has put its files. */
  private String uploaded() {
    List<String> places = files.list(".cutover/staging");
    return ".cutover/staging/" + places.get(places.size() - 1);
  }

  @Test
  void whatIsSharedIsLinkedAndWhatIsMissingIsNamedAtOnce() {
    Shared shared = new Shared(List.of("log", "a b/c"), List.of("config/x.conf", "y"));
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1").with("log/old", "2").with("y", "in the way"));
    OpResult refused = first(token, assemble(ONE, shared, Map.of()));
    assertThat(refused.ok()).isFalse();
    assertThat(refused.message()).contains("shared/config/x.conf").contains("shared/y");
    assertThat(host.facts(new FactsQuery(query().root(), shared)).missingShared())
        .containsExactly("config/x.conf", "y");

    files.mkdirs("shared/config");
    files.write("shared/config/x.conf", "conf");
    files.write("shared/y", "why");
    one(token, assemble(ONE, shared, Map.of()));
    one(token, assemble(ONE, shared, Map.of()));
    String tree = ".cutover/staging/" + ONE;
    assertThat(files.readLink(tree + "/a b/c")).isEqualTo(layout.shared().child("a b/c").value());
    assertThat(files.text(tree + "/y")).isEqualTo("why");
    assertThat(files.isLink(tree + "/log")).isTrue();
    one(token, seal(ONE, false), new HostOp.Publish(ONE));
    assertThat(host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT).values())
        .isEqualTo(Map.of("changed", "", "missing", "", "added", ""));
  }

  @Test
  void seedsOfTheStagingPathAreFoundAfterABuild() {
    LockToken token = lock();
    upload(ONE, new TestPayload().with("a", "1"));
    one(token, assemble(ONE, Shared.NONE, Map.of()));
    String tree = ".cutover/staging/" + ONE;
    files.write(tree + "/activate", "PATH=" + layout.staged(ONE) + "/bin");
    OpResult refused = first(token, seal(ONE, true));
    assertThat(refused.message()).contains("./activate");
    files.write(tree + "/activate", "fine");
    one(token, seal(ONE, true), new HostOp.Publish(ONE));
    assertThat(host.query(layout, new HostQuery.Drift(ONE), OpListener.SILENT).value("added"))
        .isEmpty();
  }
}
