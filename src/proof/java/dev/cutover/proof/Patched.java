package dev.cutover.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cutover.domain.RemotePath;
import dev.cutover.transport.Connection;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection that changes what it sends: the scripts' text, and the nonce into one that is known
 * beforehand, so that every path a script makes is.
 *
 * @param patch of a program's text
 * @param nonce instead of the random one; empty leaves it
 */
public record Patched(Connection inner, UnaryOperator<String> patch, Optional<String> nonce)
    implements Connection {

  /** The place of one try of an upload. */
  private static final Pattern PLACE = Pattern.compile("\\.up-[0-9a-f]{16}-n[0-9a-f]{20}");

  /** Before any that a repeated operation makes. */
  private static final String EARLIEST = "0000000000000000-";

  private static final Pattern NONCE =
      Pattern.compile("^N='?(n[0-9a-f]{20})'?$", Pattern.MULTILINE);

  @Override
  public Exit run(String script, Duration silence, Consumer<String> out) {
    Matcher sent = NONCE.matcher(script);
    if (nonce.isEmpty() || !sent.find()) {
      return inner.run(patch.apply(script), silence, out);
    }
    String random = sent.group(1);
    String known = nonce.get();
    return inner.run(
        patch.apply(script).replace(random, known),
        silence,
        line -> out.accept(line.replace(known, random)));
  }

  @Override
  public Exit pipe(String command, DataWriter data, Duration silence) {
    return inner.pipe(command, out -> data.writeTo(new Placed(out)), silence);
  }

  private String placed(String text) {
    return nonce
        .map(known -> PLACE.matcher(text).replaceAll(".up-" + EARLIEST + known))
        .orElse(text);
  }

  /** Changes the first line, which names the place. */
  private final class Placed extends FilterOutputStream {
    private Optional<ByteArrayOutputStream> line = Optional.of(new ByteArrayOutputStream());

    Placed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (line.isEmpty()) {
        out.write(bytes, offset, length);
        return;
      }
      for (int i = 0; i < length; i++) {
        write(bytes[offset + i]);
      }
    }

    @Override
    public void write(int b) throws IOException {
      if (line.isEmpty()) {
        out.write(b);
        return;
      }
      line.get().write(b);
      if (b == '\n') {
        out.write(placed(line.get().toString(UTF_8)).getBytes(UTF_8));
        line = Optional.empty();
      }
    }
  }

  @Override
  public Feed open(String script, Consumer<String> out) {
    return inner.open(patch.apply(script), out);
  }

  @Override
  public void put(RemotePath file, InputStream content) {
    inner.put(new RemotePath(placed(file.value())), content);
  }

  @Override
  public boolean forwards() {
    return inner.forwards();
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    return inner.connect(address, port, timeout);
  }

  @Override
  public void close() {
    inner.close();
  }
}
