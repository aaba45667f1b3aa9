package dev.cutover.transport.local;

import dev.cutover.domain.RemotePath;
import dev.cutover.transport.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A connection that somebody else hears too.
 *
 * @param sent hears each script before it runs
 * @param said hears each line of a shell that stays open
 */
record Overheard(Connection inner, Consumer<String> sent, Consumer<String> said)
    implements Connection {

  @Override
  public Exit run(String script, Duration silence, Consumer<String> out) {
    sent.accept(script);
    return inner.run(script, silence, out);
  }

  @Override
  public Exit pipe(String command, DataWriter data, Duration silence) {
    return inner.pipe(command, data, silence);
  }

  @Override
  public Feed open(String script, Consumer<String> out) {
    return inner.open(script, out.andThen(said));
  }

  @Override
  public void put(RemotePath file, InputStream content) {
    inner.put(file, content);
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
