package dev.cutover.proof.fuzz;

import dev.cutover.domain.RemotePath;
import dev.cutover.transport.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection that hears what a host says, or says what it was told in its place. */
final class ToldConnection implements Connection {

  static final String NONCE = "@N@";

  private static final Pattern ASSIGNED = Pattern.compile("^N='(n[0-9a-f]+)'$", Pattern.MULTILINE);

  private final Connection real;
  private final List<String> heard = new ArrayList<>();
  private Iterable<String> told = List.of();
  private boolean tells;

  ToldConnection(Connection real) {
    this.real = real;
  }

  /** What was said since this was asked last. */
  List<String> heard() {
    List<String> since = List.copyOf(heard);
    heard.clear();
    return since;
  }

  /** Says this from here on, without end where it has none. */
  void tells(Iterable<String> lines) {
    told = lines;
    tells = true;
  }

  @Override
  public Exit run(String script, Duration silence, Consumer<String> out) {
    Matcher nonce = ASSIGNED.matcher(script);
    String mark = nonce.find() ? nonce.group(1) : "";
    if (!tells) {
      return real.run(
          script,
          silence,
          line -> {
            heard.add(line.replace(mark, NONCE));
            out.accept(line);
          });
    }
    Iterator<String> lines = told.iterator();
    while (lines.hasNext()) {
      out.accept(lines.next().replace(NONCE, mark));
    }
    return new Exit(OptionalInt.of(0), "");
  }

  @Override
  public Exit pipe(String command, DataWriter data, Duration silence) {
    return real.pipe(command, data, silence);
  }

  @Override
  public Feed open(String script, Consumer<String> out) {
    return real.open(script, out);
  }

  @Override
  public void put(RemotePath file, InputStream content) {
    real.put(file, content);
  }

  @Override
  public boolean forwards() {
    return false;
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    return real.connect(address, port, timeout);
  }

  @Override
  public void close() {
    real.close();
  }
}
