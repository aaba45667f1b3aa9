package dev.cutover.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConfigTest {

  private final List<String> notices = new ArrayList<>();
  private Path home;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    home = directory;
    Files.createDirectory(home.resolve(".ssh"));
  }

  private HostSettings of(String host, String config) throws IOException {
    Files.writeString(home.resolve(".ssh/config"), config);
    return new SshConfig(home, notices::add).of(host);
  }

  @Test
  void withoutAFileNothingIsSaid() {
    HostSettings settings = new SshConfig(home, notices::add).of("app");

    assertThat(settings.hostName()).isEqualTo("app");
    assertThat(settings.port()).isEmpty();
    assertThat(settings.identityFiles()).isEmpty();
    assertThat(notices).isEmpty();
  }

  @Test
  void theFirstValueWinsAndFilesAddUp() throws IOException {
    HostSettings settings =
        of(
            "app1.example.com",
            """
            # before any block: for all
            Compression yes
            Host app1.example.com
              Port 2222
              IdentityFile ~/one
            Host *.example.com
              Port 22
              User=deployer
              IdentityFile ~/two
              UserKnownHostsFile ~/a "~/b c"
            Host *
              User nobody
              UserKnownHostsFile ~/z
            """);

    assertThat(settings.port()).contains(2222);
    assertThat(settings.user()).contains("deployer");
    assertThat(settings.identityFiles()).containsExactly("~/one", "~/two");
    assertThat(settings.knownHosts()).containsExactly("~/a", "~/b c");
    assertThat(settings.file("~/b c", 22, "u")).isEqualTo(home.resolve("b c"));
  }

  @Test
  void patternsAreNegatedAndKeywordsSpeltInAnyCase() throws IOException {
    String config = "HOST *.example.com !db?.example.com\n\tpOrT  =  99\r\n";

    assertThat(of("app.example.com", config).port()).contains(99);
    assertThat(of("APP.EXAMPLE.COM", config).port()).contains(99);
    assertThat(of("db1.example.com", config).port()).isEmpty();
    assertThat(of("db10.example.com", config).port()).contains(99);
  }

  @Test
  void tokensAreExpanded() throws IOException {
    HostSettings settings =
        of("app", "Host app\nHostName %h.example.com\nIdentityFile %d/k-%r-%h-%p-%%\n");

    assertThat(settings.hostName()).isEqualTo("app.example.com");
    assertThat(settings.file(settings.identityFiles().get(0), 2222, "joe"))
        .isEqualTo(home.resolve("k-joe-app.example.com-2222-%"));
  }

  @Test
  void aMatchBlockIsSkippedWithOneNoticeUnlessItMatchesAll() throws IOException {
    String config =
        """
        Match host app exec "touch /tmp/never"
          Port 1
        Match all
          Port 2
        """;
    Files.writeString(home.resolve(".ssh/config"), config);
    SshConfig read = new SshConfig(home, notices::add);

    assertThat(read.of("app").port()).contains(2);
    assertThat(read.of("app").port()).contains(2);
    assertThat(notices).hasSize(1).first().asString().contains("line 1", "Match");
  }

  @Test
  void jumpsComeInTheirOrder() throws IOException {
    assertThat(of("app", "Host app\nProxyJump a@one:1,two\nHost *\nProxyJump three\n").jumps())
        .containsExactly("a@one:1", "two");
    assertThat(of("app", "Host app\nProxyJump none\nHost *\nProxyJump three\n").jumps()).isEmpty();
  }

  @Test
  void filesAreIncludedOnlyWhereTheirBlockApplies() throws IOException {
    Files.createDirectory(home.resolve(".ssh/conf.d"));
    Files.writeString(
        home.resolve(".ssh/conf.d/1.conf"), "Host app\nUser one\nHost other\nUser x\n");
    Files.writeString(home.resolve(".ssh/conf.d/2.conf"), "User two\nPort 2\n");
    String config = "Include conf.d/*.conf nothing/here\nHost db\nInclude conf.d/2.conf\nPort 5\n";

    assertThat(of("app", config).user()).contains("one");
    assertThat(of("app", config).port()).contains(2);
    assertThat(of("db", config).user()).contains("two");
  }

  @Test
  void aFileThatIncludesItselfEnds() throws IOException {
    assertThat(of("app", "Include config\nPort 7\n").port()).contains(7);
  }

  @Test
  void rubbishIsPassedOver() throws IOException {
    String config =
        "Host\n\"\nPort\nPort abc\n=\n\u0000\u00ff\nUser # comment\nHost app\nUser u # c\n";

    assertThat(of("app", config).user()).contains("u");
    assertThat(of("app", config).port()).isEmpty();
  }
}
