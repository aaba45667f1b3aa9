package dev.cutover.mojo.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRevisionTest {

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String OTHER = "89abcdef0123456789abcdef0123456789abcdef";
  private final Path checkout;
  private final Path module;

  GitRevisionTest(@TempDir Path checkout) throws IOException {
    this.checkout = checkout;
    this.module = Files.createDirectories(checkout.resolve("modules/app"));
  }

  @Test
  void readsABranch() throws IOException {
    write(".git/HEAD", "ref: refs/heads/feature/x\n");
    write(".git/refs/heads/feature/x", COMMIT + "\n");
    assertThat(revision()).isEqualTo(COMMIT);
  }

  @Test
  void readsADetachedHead() throws IOException {
    write(".git/HEAD", COMMIT + "\n");
    assertThat(revision()).isEqualTo(COMMIT);
  }

  @Test
  void readsPackedRefs() throws IOException {
    write(".git/HEAD", "ref: refs/heads/main\n");
    write(
        ".git/packed-refs",
        "# pack-refs with: peeled fully-peeled sorted\n%s refs/heads/not-main\n%s refs/heads/main\n^%s\n"
            .formatted(OTHER, COMMIT, OTHER));
    assertThat(revision()).isEqualTo(COMMIT);
  }

  @Test
  void readsAWorktree() throws IOException {
    write("main/.git/worktrees/app/HEAD", "ref: refs/heads/app\n");
    write("main/.git/worktrees/app/commondir", "../..\n");
    write("main/.git/refs/heads/app", COMMIT + "\n");
    write("modules/app/.git", "gitdir: ../../main/.git/worktrees/app\n");
    assertThat(revision()).isEqualTo(COMMIT);
  }

  @Test
  void asksTheCiServerOtherwise() {
    assertThat(GitRevision.of(module, Map.of("GITHUB_SHA", COMMIT))).isEqualTo(COMMIT);
    assertThat(GitRevision.of(module, Map.of("GIT_COMMIT", "$(reboot)"))).isEqualTo("unknown");
  }

  @Test
  void neverLeavesTheRepositoryNorLoops() throws IOException {
    write("secret", COMMIT);
    write(".git/HEAD", "ref: ../secret\n");
    assertThat(revision()).isEqualTo("unknown");
    write(".git/HEAD", "ref: refs/heads/loop\n");
    write(".git/refs/heads/loop", "ref: refs/heads/loop\n");
    assertThat(revision()).isEqualTo("unknown");
  }

  private String revision() {
    return GitRevision.of(module, Map.of());
  }

  private void write(String path, String text) throws IOException {
    Path file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
