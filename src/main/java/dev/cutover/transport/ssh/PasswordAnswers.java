package dev.cutover.transport.ssh;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import dev.cutover.transport.Secret;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers a server's questions for the password, once a method: a wrong one must not be repeated
 * until the account is locked.
 */
final class PasswordAnswers implements UserInfo, UIKeyboardInteractive {

  private final Optional<Secret> password;
  private boolean asked;
  private boolean prompted;

  PasswordAnswers(Optional<Secret> password) {
    this.password = password;
  }

  @Override
  public boolean promptPassword(String message) {
    boolean first = password.isPresent() && !asked;
    asked = true;
    return first;
  }

  @Override
  public @Nullable String getPassword() {
    return password.map(Secret::reveal).orElse(null);
  }

  /** One hidden question is the password's; anything else is for a person: null gives up. */
  @Override
  @SuppressWarnings("NullAway") // JSch's contract.
  public String[] promptKeyboardInteractive(
      String destination, String name, String instruction, String[] prompt, boolean[] echo) {
    if (prompt.length == 0) {
      return new String[0];
    }
    boolean hidden = prompt.length == 1 && !echo[0];
    if (password.isEmpty() || prompted || !hidden) {
      return null;
    }
    prompted = true;
    String[] answers = new String[1];
    Arrays.fill(answers, password.get().reveal());
    return answers;
  }

  @Override
  public @Nullable String getPassphrase() {
    return null;
  }

  @Override
  public boolean promptPassphrase(String message) {
    return false;
  }

  @Override
  public boolean promptYesNo(String message) {
    return false;
  }

  @Override
  public void showMessage(String message) {
    // Banners are for people at a terminal.
  }
}
