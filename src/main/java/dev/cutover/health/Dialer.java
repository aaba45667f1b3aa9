package dev.cutover.health;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;

/** Opens a connection, from here or as a host sees its network. */
@FunctionalInterface
interface Dialer {

  /** From this machine, tries each address of the name; no proxy, whatever Java was told. */
  Dialer DIRECT = Dialer::direct;

  Socket dial(String host, int port, Duration timeout) throws IOException;

  private static Socket direct(String host, int port, Duration timeout) throws IOException {
    IOException failure = new ConnectException("no address");
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }
}
