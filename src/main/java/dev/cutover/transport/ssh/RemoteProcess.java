package dev.cutover.transport.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.cutover.transport.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One exec channel, without a pty. The channel is opened with no time limit of its own on purpose:
 * JSch then does not ask for a reply to {@code exec}, so that the command, its input and its end
 * travel together right behind the confirmation of the channel: two round trips to the first answer
 * instead of three.
 */
final class RemoteProcess implements AutoCloseable {

  /** {@code 128 + n}, as a shell reports a child that a signal ended. */
  private static final Map<String, Integer> SIGNALS =
      Map.ofEntries(
          Map.entry("HUP", 129),
          Map.entry("INT", 130),
          Map.entry("QUIT", 131),
          Map.entry("ILL", 132),
          Map.entry("ABRT", 134),
          Map.entry("FPE", 136),
          Map.entry("KILL", 137),
          Map.entry("USR1", 138),
          Map.entry("SEGV", 139),
          Map.entry("USR2", 140),
          Map.entry("PIPE", 141),
          Map.entry("ALRM", 142),
          Map.entry("TERM", 143));

  private static final int TRIES = 20;
  private static final long PAUSE_MILLIS = 50;

  private final ChannelExec channel;
  private final Mailbox out = new Mailbox(this::alive);
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Tail err;
  private final OutputStream in;

  private volatile Runnable listener = () -> {};

  private RemoteProcess(ChannelExec channel, OutputStream in) {
    this.channel = channel;
    this.in = in;
    this.err = new Tail(() -> listener.run(), this::ended);
  }

  /** Starts a command. */
  static RemoteProcess start(Session session, String command) throws JSchException, IOException {
    ChannelExec channel = (ChannelExec) session.openChannel("exec");
    if (channel == null) {
      throw new JSchException("session is down");
    }
    channel.setCommand(command);
    RemoteProcess process = new RemoteProcess(channel, channel.getOutputStream());
    channel.setOutputStream(process.out);
    channel.setErrStream(process.err);
    channel.connect();
    return process;
  }

  /**
   * Starts a command on a host that may grant few channels: one that has just ended still counts
   * there for a moment.
   */
  static RemoteProcess startPatiently(Session session, String command)
      throws JSchException, IOException {
    for (int tries = 0; ; tries++) {
      try {
        return start(session, command);
      } catch (JSchException refused) {
        if (tries == TRIES || !session.isConnected()) {
          throw refused;
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Calls {@code heard} from the session's reader thread whenever stderr says something. */
  RemoteProcess listen(Runnable heard) {
    listener = heard;
    return this;
  }

  OutputStream in() {
    return in;
  }

  Mailbox out() {
    return out;
  }

  Tail err() {
    return err;
  }

  boolean alive() {
    return gone.getCount() > 0 && channel.isConnected();
  }

  /** JSch closes stdout at its end, but stderr only with the channel, when the exit is known. */
  private void ended() {
    gone.countDown();
    out.close();
  }

  /**
   * Waits for the end.
   *
   * @return empty when the link went away before the end was told
   */
  Optional<Connection.Exit> await() throws InterruptedException {
    // Looked at, too, because JSch passes over a channel being opened when its session dies.
    boolean told = false;
    while (!told && channel.isConnected()) {
      told = gone.await(500, TimeUnit.MILLISECONDS);
    }
    int status = channel.getExitStatus();
    String signal = channel.getExitSignal();
    if (status == -1 && signal == null) {
      return Optional.empty();
    }
    OptionalInt exit = status >= 0 ? OptionalInt.of(status) : fromSignal(signal);
    return Optional.of(new Connection.Exit(exit, err.text()));
  }

  private static OptionalInt fromSignal(String signal) {
    Integer status = SIGNALS.get(signal);
    return status == null ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** Nobody takes any more of what it says: who brings it must not wait for that. */
  @Override
  public void close() {
    out.close();
    channel.disconnect();
  }
}
