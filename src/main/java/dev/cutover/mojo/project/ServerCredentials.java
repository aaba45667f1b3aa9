package dev.cutover.mojo.project;

import dev.cutover.error.CutoverException;
import dev.cutover.transport.Credentials;
import dev.cutover.transport.Secret;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/**
 * Credentials from the environment, then from a {@code <server>} of settings.xml.
 *
 * @param environment of the process
 */
public record ServerCredentials(
    Settings settings, SettingsDecrypter decrypter, Map<String, String> environment) {

  /**
   * What is known for a target's login.
   *
   * @throws CutoverException if the server's secrets cannot be decrypted
   */
  public Credentials of(String serverId) {
    Optional<Server> server = server(serverId);
    return new Credentials(
        server.flatMap(s -> given(s.getUsername())),
        variable("CUTOVER_PASSWORD").or(() -> secret(server.map(Server::getPassword))),
        variable("CUTOVER_PRIVATE_KEY")
            .or(() -> secret(server.map(Server::getPrivateKey).map(ServerCredentials::underHome))),
        variable("CUTOVER_PASSPHRASE").or(() -> secret(server.map(Server::getPassphrase))));
  }

  /**
   * What is known for a host on the way: its own {@code <server>} only, because the environment's
   * secrets are the target's.
   */
  public Credentials onTheWay(String host) {
    return new ServerCredentials(settings, decrypter, Map.of()).of(host);
  }

  private Optional<Server> server(String id) {
    Server raw = settings.getServer(id);
    if (raw == null) {
      return Optional.empty();
    }
    SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(raw));
    Server server = result.getServer();
    boolean passwordNeeded = variable("CUTOVER_PASSWORD").isEmpty();
    boolean passphraseNeeded = variable("CUTOVER_PASSPHRASE").isEmpty();
    Optional<String> problem =
        result.getProblems().stream()
            .filter(p -> p.getSeverity() != SettingsProblem.Severity.WARNING)
            .map(SettingsProblem::getMessage)
            .findFirst();
    if (passwordNeeded && encrypted(server.getPassword(), raw.getPassword(), problem)) {
      throw undecrypted(id, "password", problem);
    }
    if (passphraseNeeded && encrypted(server.getPassphrase(), raw.getPassphrase(), problem)) {
      throw undecrypted(id, "passphrase", problem);
    }
    return Optional.of(server);
  }

  /** After a wrong master password Maven leaves the encrypted text where the secret should be. */
  private static boolean encrypted(
      @Nullable String read, @Nullable String raw, Optional<String> problem) {
    return raw != null
        && raw.matches("(?s).*(?<!\\\\)\\{.*(?<!\\\\)}.*")
        && (problem.isPresent() || raw.equals(read));
  }

  private static CutoverException undecrypted(String id, String what, Optional<String> problem) {
    return new CutoverException(
        "the %s of <server> '%s' in settings.xml could not be decrypted%s"
            .formatted(what, id, problem.map(text -> ": " + text).orElse("")),
        "Check the master password in ~/.m2/settings-security.xml, or encrypt the "
            + what
            + " anew with mvn --encrypt-password; nothing was touched.");
  }

  private Optional<Secret> variable(String name) {
    return given(environment.get(name)).map(Secret::new);
  }

  private static Optional<Secret> secret(Optional<String> text) {
    return text.flatMap(ServerCredentials::given).map(Secret::new);
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(t -> !t.isBlank());
  }

  private static String underHome(String path) {
    return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
  }
}
