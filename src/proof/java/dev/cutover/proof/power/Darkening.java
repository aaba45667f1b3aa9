package dev.cutover.proof.power;

import dev.cutover.domain.RemotePath;
import dev.cutover.error.HostLostException;
import dev.cutover.transport.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A connection to a host that answers nothing once its power is gone. */
record Darkening(Connection inner, BooleanSupplier dark) implements Connection {

  @Override
  public Exit run(String script, Duration silence, Consumer<String> out) {
    lit();
    Exit exit = inner.run(script, silence, out);
    lit();
    return exit;
  }

  @Override
  public Exit pipe(String command, DataWriter data, Duration silence) {
    lit();
    Exit exit = inner.pipe(command, data, silence);
    lit();
    return exit;
  }

  @Override
  public Feed open(String script, Consumer<String> out) {
    lit();
    return inner.open(script, out);
  }

  @Override
  public void put(RemotePath file, InputStream content) {
    lit();
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

  private void lit() {
    if (dark.getAsBoolean()) {
      throw new HostLostException("localhost", "its power is gone", null);
    }
  }
}
