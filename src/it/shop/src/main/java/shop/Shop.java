package shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A web shop that sells nothing but the answer to one question: which release serves?
 *
 * <p>It runs in its release directory, where the release puts {@code VERSION} and the link to
 * {@code config/shop.properties}, whose {@code port} belongs to the machine and not to the release.
 */
public final class Shop {

  public static void main(String[] args) throws IOException {
    Path here = Path.of("").toRealPath();
    String version = Files.readString(here.resolve("VERSION")).strip();
    String release = here.getFileName().toString();
    boolean broken = Boolean.parseBoolean(inJar("/shop.properties").getProperty("broken"));
    int port = Integer.parseInt(inFile(here.resolve("config/shop.properties")).getProperty("port"));

    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/health",
        exchange -> {
          if (broken) {
            answer(exchange, 503, "{\"status\":\"DOWN\",\"reason\":\"no connection to the stock\"}");
          } else {
            answer(exchange, 200, "{\"status\":\"UP\"}");
          }
        });
    server.createContext(
        "/version",
        exchange ->
            answer(
                exchange,
                200,
                "{\"version\":\"%s\",\"release\":\"%s\"}".formatted(version, release)));
    server.start();
    System.out.println("shop " + version + ", release " + release + ", listens on port " + port);
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Properties inJar(String name) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Shop.class.getResourceAsStream(name)) {
      properties.load(in);
    }
    return properties;
  }

  private static Properties inFile(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return properties;
  }

  private Shop() {}
}
