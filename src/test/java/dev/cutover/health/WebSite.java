package dev.cutover.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A web site on a free loopback port. */
final class WebSite implements AutoCloseable {

  /** The {@code Host} header of each request. */
  final List<String> hosts = new CopyOnWriteArrayList<>();

  /** The address of each request, with the client's port, so that connections can be told apart. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private WebSite(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.start();
  }

  static WebSite plain() throws IOException {
    return new WebSite(HttpServer.create(anyPort(), 0));
  }

  static WebSite secure(SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new WebSite(server);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI url(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://localhost:" + port() + path);
  }

  /** Answers at {@code path} with a whole body. */
  WebSite answer(String path, int status, String body) {
    return on(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  WebSite on(String path, HttpHandler handler) {
    server.createContext(path, exchange -> serve(exchange, handler));
    return this;
  }

  private void serve(HttpExchange exchange, HttpHandler handler) throws IOException {
    hosts.add(String.valueOf(exchange.getRequestHeaders().getFirst("Host")));
    requests.add(exchange.getRemoteAddress().getPort() + " " + exchange.getRequestURI());
    try (exchange) {
      handler.handle(exchange);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
