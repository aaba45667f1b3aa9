package dev.cutover.transport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.Goal;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.Shared;
import dev.cutover.domain.Target;
import dev.cutover.error.HostRefusedException;
import dev.cutover.transport.LockRequest;
import dev.cutover.transport.ScriptedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that cannot be worked are refused by name, and nothing is made there. */
class MissingToolsTest {

  @Test
  void whatNeitherFamilyHasIsNamed(@TempDir Path temp) throws IOException {
    Path root = temp.resolve("root");
    Target.Root target = new Target.Root.Absolute(new RemotePath(root.toString()));
    FactsQuery query = new FactsQuery(target, Shared.NONE);
    try (ToolBox box = ToolBox.likeBsd(temp).without("perl");
        ScriptedHost host =
            new ScriptedHost(new Target.Local(target, "file://" + root), box.connect())) {
      assertThat(host.facts(query).missingTools())
          .containsExactly("flock", "setsid", "sha256sum", "mv-T", "sync-FILE", "perl");
      LockRequest request =
          new LockRequest("a1", "me", Goal.RELEASE, List.of("file:" + root), "file:" + root);
      assertThatThrownBy(() -> host.lock(request, query))
          .isInstanceOf(HostRefusedException.class)
          .hasMessageContaining("flock");
      assertThat(Files.exists(root)).isFalse();
    }
  }

  @Test
  void aHostWithoutAShellIsRefused(@TempDir Path temp) throws IOException {
    Path login = temp.resolve("login");
    Files.writeString(
        login, "#!/bin/sh\necho 'This service allows sftp connections only.'\nexit 1");
    assertThat(login.toFile().setExecutable(true)).isTrue();
    Target.Root root = new Target.Root.Absolute(new RemotePath("/srv/shop"));
    try (ScriptedHost host =
        new ScriptedHost(
            new Target.Local(root, "file:///srv/shop"),
            new LocalConnection(List.of(login.toString()), Map.of()))) {
      assertThatThrownBy(() -> host.facts(new FactsQuery(root, Shared.NONE)))
          .isInstanceOf(HostRefusedException.class)
          .hasMessageContaining("sftp connections only");
    }
  }
}
