package dev.cutover.transport.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import java.util.List;
import java.util.Vector;

/**
 * The keys to try, in their order.
 *
 * @param tried what each was, for a message: a file's name, or the agent's comment
 * @param locked why keys that exist cannot be used, e.g. for want of a passphrase
 * @param askFirst whether the server is asked about a key before it signs: a round trip more, but
 *     an agent that wants a touch or a click for each signature is not bothered needlessly
 */
record KeyRing(List<Identity> identities, List<String> tried, List<String> locked, boolean askFirst)
    implements IdentityRepository {

  KeyRing {
    identities = List.copyOf(identities);
    tried = List.copyOf(tried);
    locked = List.copyOf(locked);
  }

  @Override
  public String getName() {
    return "keys";
  }

  @Override
  public int getStatus() {
    return RUNNING;
  }

  @Override
  @SuppressWarnings("JdkObsolete") // JSch's interface.
  public Vector<Identity> getIdentities() {
    return new Vector<>(identities);
  }

  @Override
  public boolean add(byte[] identity) {
    return false;
  }

  @Override
  public boolean remove(byte[] blob) {
    return false;
  }

  @Override
  public void removeAll() {
    // The ring is a value.
  }
}
