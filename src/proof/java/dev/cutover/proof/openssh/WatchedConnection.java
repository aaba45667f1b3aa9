package dev.cutover.proof.openssh;

import dev.cutover.domain.RemotePath;
import dev.cutover.transport.Connection;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** Tells {@link Moments} what goes on over a connection, and which remote shell is at work. */
public final class WatchedConnection implements Connection {

  /** What scripts say that marks a step of their work; facts they read out do not. */
  private static final Set<String> MARKS = Set.of("hello", "begin", "end", "exit", ">", "granted");

  private static final String SHELL = "shell-is ";

  private final Connection connection;
  private final Moments moments;

  public WatchedConnection(Connection connection, Moments moments) {
    this.connection = connection;
    this.moments = moments;
  }

  @Override
  public Exit run(String script, Duration silence, Consumer<String> out) {
    moments.pass("before a script", -1);
    Heard heard = new Heard(out);
    Exit exit = connection.run("echo \"" + SHELL + "$$\"\n" + script, silence, heard);
    moments.pass("after a script", -1);
    return exit;
  }

  @Override
  public void finishing() {
    connection.finishing();
  }

  @Override
  public void prepare(String command) {
    connection.prepare(command);
  }

  @Override
  public Exit pipe(String command, DataWriter data, Duration silence) {
    moments.pass("before a stream", -1);
    Exit exit =
        connection.pipe(
            command,
            out -> {
              data.writeTo(new Marked(out));
              moments.pass("at the end of a stream", -1);
            },
            silence);
    moments.pass("after a stream", -1);
    return exit;
  }

  @Override
  public Feed open(String script, Consumer<String> out) {
    moments.pass("before the lease", -1);
    Feed feed = connection.open(script, out);
    moments.pass("after the lease", -1);
    return feed;
  }

  @Override
  public void put(RemotePath file, InputStream content) {
    moments.pass("before a file", -1);
    connection.put(
        file,
        new FilterInputStream(content) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            moments.pass(read < 0 ? "at the end of a file" : "within a file", -1);
            return read;
          }
        });
    moments.pass("after a file", -1);
  }

  @Override
  public boolean forwards() {
    return connection.forwards();
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    return connection.connect(address, port, timeout);
  }

  @Override
  public void close() {
    connection.close();
  }

  /** Takes the shell's number out of what is heard, and marks the steps of its work. */
  private final class Heard implements Consumer<String> {
    private final Consumer<String> out;
    private long shell = -1;

    Heard(Consumer<String> out) {
      this.out = out;
    }

    @Override
    public void accept(String line) {
      if (shell < 0 && line.startsWith(SHELL)) {
        shell = Long.parseLong(line.substring(SHELL.length()));
        return;
      }
      String[] words = line.split(" ", 3);
      if (words.length > 1 && words[0].matches("n[0-9a-f]{20}") && MARKS.contains(words[1])) {
        moments.pass("at: " + line.substring(words[0].length() + 1), shell);
      }
      out.accept(line);
    }
  }

  /** Marks the first bytes of a stream. */
  private final class Marked extends FilterOutputStream {
    private boolean marked;

    Marked(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      if (!marked) {
        marked = true;
        out.flush();
        moments.pass("within a stream", -1);
      }
    }
  }
}
