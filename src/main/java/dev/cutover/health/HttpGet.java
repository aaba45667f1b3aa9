package dev.cutover.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** One GET on one new connection: no redirect, no proxy, no cookie, nothing kept. */
final class HttpGet {

  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(500).build();

  private final SSLSocketFactory tls;

  HttpGet(SSLSocketFactory tls) {
    this.tls = tls;
  }

  /**
   * Asks.
   *
   * @param dialer decides where the connection comes from; TLS and the Host header are always of
   *     {@code url}
   * @param limit for the connection and the whole answer
   */
  HttpReply get(URI url, Dialer dialer, Duration limit) throws IOException {
    if (url.getHost() == null) {
      throw new IOException("is not an http or https URL with a host name");
    }
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    return Deadline.within(
        limit,
        sockets -> {
          Socket plain = sockets.add(dialer.dial(host, port, limit));
          return exchange(url, secure ? secured(plain, host, port) : plain);
        });
  }

  private Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static HttpReply exchange(URI url, Socket socket) throws IOException {
    // Closing this connection would politely read the rest; whoever opened the socket closes it.
    DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(LIMITS);
    connection.bind(socket);
    try {
      ClassicHttpResponse response =
          new HttpRequestExecutor().execute(request(url), connection, HttpCoreContext.create());
      Header location = response.getFirstHeader(HttpHeaders.LOCATION);
      HttpEntity entity = response.getEntity();
      return new HttpReply(
          response.getCode(),
          entity == null ? new byte[0] : body(entity),
          entity == null ? StandardCharsets.UTF_8 : charset(entity),
          Optional.ofNullable(location).map(Header::getValue));
    } catch (HttpException e) {
      throw new IOException("no HTTP answer: " + e.getMessage(), e);
    }
  }

  private static ClassicHttpRequest request(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    ClassicHttpRequest request = new BasicClassicHttpRequest("GET", path + query);
    String port = ascii.getPort() < 0 ? "" : ":" + ascii.getPort();
    request.setHeader(HttpHeaders.HOST, ascii.getHost() + port);
    request.setHeader(HttpHeaders.ACCEPT, "*/*");
    request.setHeader(HttpHeaders.USER_AGENT, "cutover-deploy-maven-plugin");
    request.setHeader(HttpHeaders.CONNECTION, "close");
    return request;
  }

  private static byte[] body(HttpEntity entity) throws IOException {
    InputStream content = entity.getContent();
    return content == null ? new byte[0] : content.readNBytes(HttpReply.MOST);
  }

  private static Charset charset(HttpEntity entity) {
    ContentType type = ContentType.parseLenient(entity.getContentType());
    return type == null ? StandardCharsets.UTF_8 : type.getCharset(StandardCharsets.UTF_8);
  }
}
