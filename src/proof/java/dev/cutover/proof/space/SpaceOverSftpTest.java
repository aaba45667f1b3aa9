package dev.cutover.proof.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutover.domain.Outcome;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.domain.Target;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.server.OpenSshServer;
import dev.cutover.transport.HostConnector;
import dev.cutover.transport.ScriptedHost;
import dev.cutover.transport.ssh.SshConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The words of OpenSSH's SFTP for a full disk are "Failure": the cause is found out all the same.
 */
@Tag("proof")
@Timeout(600)
class SpaceOverSftpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 KiB left",
        "20 KiB left",
        "0 inodes left",
        "1 inodes left",
        "remounted read-only",
        "chattr +i of /.cutover/staging"
      })
  void aFailureOfSftpIsNamed(String name, @TempDir Path work) throws IOException {
    assumeTrue(SmallDisk.possible(work.resolve("disk")), "needs root, to mount small file systems");
    Squeeze squeeze =
        Squeeze.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    try (OpenSshServer server = OpenSshServer.start(Files.createDirectories(work.resolve("sshd")));
        SmallDisk disk = SmallDisk.mount(work.resolve("disk"))) {
      ExampleApp app = SpaceClient.app(server.target(disk.root()), work, SpaceClient.FEW);
      SpaceClient client = new SpaceClient();
      HostConnector ssh = hosts(server);
      assertThat(client.release(app.request("old"), ssh).outcome()).isEqualTo(Outcome.RELEASED);

      boolean[] struck = {false};
      OutcomeReport report =
          client.release(
              app.request("good"),
              found ->
                  new StrikingHost(
                      ssh.connect(found),
                      1,
                      host -> {
                        host.letGo();
                        squeeze.strike().to(disk);
                        struck[0] = true;
                      }));
      String told = client.told().toLowerCase(Locale.ROOT);
      assertThat(struck[0]).isTrue();
      squeeze.lift().to(disk);

      assertThat(report.outcome()).isNotEqualTo(Outcome.RELEASED);
      assertThat(squeeze.named()).as(told).anyMatch(told::contains);
      assertThat(app.files().whole(disk.root().resolve("current"), "old")).isTrue();
      if (squeeze.room()) {
        assertThat(disk.root().resolve(".cutover/failed")).isEmptyDirectory();
      }
      assertThat(client.release(app.request("good"), ssh).outcome())
          .as(client.told())
          .isEqualTo(Outcome.RELEASED);
      assertThat(disk.root().resolve(".cutover/staging")).isEmptyDirectory();
    }
  }

  private static HostConnector hosts(OpenSshServer server) {
    SshConnector connector = new SshConnector(server.options());
    return target -> new ScriptedHost(target, connector.open((Target.Ssh) target));
  }
}
