package dev.cutover.mojo.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.error.CutoverException;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.building.SettingsProblem.Severity;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;

class ServerCredentialsTest {

  private static final String ENCRYPTED = "{COQLCE6DU6GtcS5P=}";

  /** What Maven 3 answers: the server as it was, and a problem where it could not decrypt. */
  private record Answer(Server server, List<SettingsProblem> problems)
      implements SettingsDecryptionResult {
    @Override
    public Server getServer() {
      return server;
    }

    @Override
    public List<Server> getServers() {
      return List.of(server);
    }

    @Override
    public Proxy getProxy() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Proxy> getProxies() {
      return List.of();
    }

    @Override
    public List<SettingsProblem> getProblems() {
      return problems;
    }
  }

  private final Server server = new Server();

  ServerCredentialsTest() {
    server.setId("production");
    server.setUsername("deployer");
    server.setPassword("plain");
  }

  @Test
  void readsTheServer() {
    server.setPrivateKey("~/.ssh/deploy");
    server.setPassphrase("phrase");
    Credentials read = credentials(Map.of(), List.of()).of("production");
    assertThat(read.user()).contains("deployer");
    assertThat(read.password().map(Secret::reveal)).contains("plain");
    assertThat(read.passphrase().map(Secret::reveal)).contains("phrase");
    assertThat(read.privateKey().map(Secret::reveal))
        .contains(System.getProperty("user.home") + "/.ssh/deploy");
  }

  @Test
  void theEnvironmentWins() {
    Map<String, String> environment =
        Map.of("CUTOVER_PASSWORD", "mine", "CUTOVER_PRIVATE_KEY", "-----BEGIN X");
    Credentials read = credentials(environment, List.of()).of("production");
    assertThat(read.password().map(Secret::reveal)).contains("mine");
    assertThat(read.privateKey().map(Secret::reveal)).contains("-----BEGIN X");
    assertThat(read.user()).contains("deployer");
  }

  @Test
  void aHostOnTheWayNeverGetsTheTargetsSecrets() {
    Credentials read =
        credentials(Map.of("CUTOVER_PASSWORD", "mine"), List.of()).onTheWay("jump.example.com");
    assertThat(read).isEqualTo(Credentials.NONE);
  }

  @Test
  void aBadMasterPasswordIsAnError() {
    server.setPassword(ENCRYPTED);
    assertThatThrownBy(() -> credentials(Map.of(), List.of(problem())).of("production"))
        .isInstanceOf(CutoverException.class)
        .hasMessageContaining("password of <server> 'production'")
        .hasMessageContaining("could not be decrypted")
        .hasMessageNotContaining(ENCRYPTED);
  }

  @Test
  void encryptedTextIsNeverUsedAsAPassword() {
    server.setPassword(ENCRYPTED);
    assertThatThrownBy(() -> credentials(Map.of(), List.of()).of("production"))
        .isInstanceOf(CutoverException.class);
  }

  @Test
  void whatTheEnvironmentGivesNeedNotBeDecrypted() {
    server.setPassword(ENCRYPTED);
    Credentials read =
        credentials(Map.of("CUTOVER_PASSWORD", "mine"), List.of(problem())).of("production");
    assertThat(read.password().map(Secret::reveal)).contains("mine");
  }

  @Test
  void anUnknownServerIsNoneAtAll() {
    assertThat(credentials(Map.of(), List.of()).of("nowhere")).isEqualTo(Credentials.NONE);
    assertThat(credentials(Map.of("CUTOVER_PASSWORD", " "), List.of()).of("nowhere").password())
        .isEqualTo(Optional.empty());
  }

  private ServerCredentials credentials(
      Map<String, String> environment, List<SettingsProblem> problems) {
    Settings settings = new Settings();
    settings.addServer(server);
    SettingsDecrypter decrypter = request -> new Answer(server.clone(), problems);
    return new ServerCredentials(settings, decrypter, environment);
  }

  private static SettingsProblem problem() {
    return new DefaultSettingsProblem(
        "Failed to decrypt password for server production", Severity.ERROR, "server", -1, -1, null);
  }
}
