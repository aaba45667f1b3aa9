package dev.cutover.transport.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import dev.cutover.error.HostRefusedException;
import dev.cutover.transport.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the keys for a login. A key that the caller gives is the only one. Otherwise: those of
 * ssh_config, or OpenSSH's default files, then what the agent has; an encrypted file that the agent
 * has open is taken from there.
 */
final class KeyFinder {

  private static final List<String> DEFAULTS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final JSch jsch;
  private final SshOptions options;
  private final Login login;
  private final List<Identity> found = new ArrayList<>();
  private final List<String> tried = new ArrayList<>();
  private final List<String> locked = new ArrayList<>();

  KeyFinder(JSch jsch, SshOptions options, Login login) {
    this.jsch = jsch;
    this.options = options;
    this.login = login;
  }

  KeyRing find() {
    Optional<Secret> given = login.credentials().privateKey();
    if (given.isPresent()) {
      take(given(given.get()), "the private key that was given");
      return new KeyRing(found, tried, locked, false);
    }
    List<Identity> agent = agent();
    List<byte[]> configured = new ArrayList<>();
    for (Path file : files()) {
      fromFile(file, agent).ifPresent(configured::add);
    }
    int ofAgent = 0;
    for (Identity identity : agent) {
      boolean wanted = !login.settings().identitiesOnly() || holds(configured, identity);
      if (wanted && !isFound(identity)) {
        add(identity, "agent: " + identity.getName());
        ofAgent++;
      }
    }
    return new KeyRing(found, tried, locked, ofAgent > 1);
  }

  private List<Path> files() {
    HostSettings settings = login.settings();
    Stream<Path> named =
        settings.identityFiles().isEmpty()
            ? DEFAULTS.stream().map(name -> options.home().resolve(".ssh").resolve(name))
            : settings.identityFiles().stream()
                .map(name -> settings.file(name, login.port(), login.user()));
    return named.filter(Files::isRegularFile).distinct().toList();
  }

  /** Takes a key file as it can be taken, and answers its public half. */
  private Optional<byte[]> fromFile(Path file, List<Identity> agent) {
    KeyPair pair;
    try {
      pair = KeyPair.load(jsch, file.toString());
    } catch (JSchException | RuntimeException e) {
      locked.add(file + " is not a key that can be read");
      return Optional.empty();
    }
    byte[] blob = pair.getPublicKeyBlob();
    Optional<Identity> open =
        agent.stream()
            .filter(identity -> Arrays.equals(identity.getPublicKeyBlob(), blob))
            .findFirst();
    if (pair.isEncrypted() && open.isPresent()) {
      add(open.get(), file + " (agent)");
    } else if (!pair.isEncrypted() || decrypt(pair)) {
      add(new KeyIdentity(file.toString(), pair), file.toString());
    } else {
      locked.add(
          login.credentials().passphrase().isPresent()
              ? file + " does not open with the passphrase that was given"
              : file + " needs a passphrase");
    }
    return Optional.ofNullable(blob);
  }

  private KeyPair given(Secret key) {
    String text = key.reveal().strip();
    try {
      if (text.startsWith("-----BEGIN")) {
        return KeyPair.load(jsch, (text + "\n").getBytes(StandardCharsets.UTF_8), null);
      }
      Path file =
          options.home().resolve(HostSettings.underHome(text, options.home())).toAbsolutePath();
      return KeyPair.load(jsch, Files.readAllBytes(file), null);
    } catch (JSchException | RuntimeException | IOException e) {
      // The value may be a mangled key: it is not shown, and neither is a cause that may quote it.
      boolean missing = e instanceof IOException || e instanceof InvalidPathException;
      throw new HostRefusedException(
          login.alias(),
          missing
              ? "the private key that was given is neither the text of a key nor a file that can be"
                  + " read"
              : "the private key that was given cannot be understood",
          "Set CUTOVER_PRIVATE_KEY (or <privateKey> in settings.xml) to the path of a private key,"
              + " or to its text from '-----BEGIN' on.",
          null);
    }
  }

  private void take(KeyPair pair, String name) {
    if (pair.isEncrypted() && !decrypt(pair)) {
      boolean had = login.credentials().passphrase().isPresent();
      throw Refusals.locked(login.alias(), name, had);
    }
    add(new KeyIdentity(name, pair), name);
  }

  private boolean decrypt(KeyPair pair) {
    return login
        .credentials()
        .passphrase()
        .map(secret -> pair.decrypt(secret.reveal().getBytes(StandardCharsets.UTF_8)))
        .orElse(false);
  }

  private List<Identity> agent() {
    String socket = options.environment().getOrDefault("SSH_AUTH_SOCK", "");
    if (socket.isEmpty()) {
      return List.of();
    }
    try {
      return List.copyOf(
          new AgentIdentityRepository(new SSHAgentConnector(Path.of(socket))).getIdentities());
    } catch (AgentProxyException | RuntimeException | LinkageError e) {
      locked.add("the ssh-agent does not answer");
      return List.of();
    }
  }

  private void add(Identity identity, String name) {
    found.add(identity);
    tried.add(name);
  }

  private boolean isFound(Identity identity) {
    return holds(found.stream().map(Identity::getPublicKeyBlob).toList(), identity);
  }

  private static boolean holds(List<byte[]> blobs, Identity identity) {
    return blobs.stream().anyMatch(blob -> Arrays.equals(blob, identity.getPublicKeyBlob()));
  }
}
