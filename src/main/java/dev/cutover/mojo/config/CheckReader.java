package dev.cutover.mojo.config;

import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthCheck.Via;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one health check. */
final class CheckReader {

  private static final Pattern TCP =
      Pattern.compile(
          "(?:\\[(?<v6>[0-9A-Fa-f:.]{2,45})]|(?<name>[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}))"
              + ":(?<port>[0-9]{1,5})");
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*)*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");
  private static final Set<String> PLACEHOLDERS = Set.of("version", "releaseId");
  private final Values values;

  CheckReader(Values values) {
    this.values = values;
  }

  Optional<HealthCheck> read(String place, CheckXml xml) {
    long kinds = Stream.of(xml.http, xml.tcp, xml.command).filter(CheckReader::given).count();
    if (kinds != 1) {
      values.problem(
          place, (kinds == 0 ? "has none" : "has several") + " of <http>, <tcp> and <command>");
      return Optional.empty();
    }
    if (!given(xml.http)) {
      onlyFor(place, "<http>", "<status>", xml.status);
      onlyFor(place, "<http>", "<contains>", xml.contains);
      onlyFor(place, "<http>", "<jsonPointer>", xml.jsonPointer);
      onlyFor(place, "<http>", "<equals>", xml.equals);
    }
    if (given(xml.http)) {
      return readHttp(place, place + "<http>", xml);
    }
    if (given(xml.tcp)) {
      return tcp(place, xml);
    }
    onlyFor(place, "<http> and <tcp>", "<via>", xml.via);
    return values.text(place + "<command>", xml.command).map(HealthCheck.Run::new);
  }

  private static boolean given(@Nullable String value) {
    return value != null && !value.isBlank();
  }

  private void onlyFor(String place, String kind, String name, @Nullable String value) {
    if (given(value)) {
      values.problem(place + name, "goes only with " + kind);
    }
  }

  /** Reads an HTTP check whose URL stands at {@code urlPlace}. */
  Optional<HealthCheck> readHttp(String place, String urlPlace, CheckXml xml) {
    Optional<URI> url = values.line(urlPlace, xml.http).flatMap(text -> url(urlPlace, text.trim()));
    int status = values.number(place + "<status>", xml.status, 0, 100, 599);
    Optional<String> contains = expanding(place + "<contains>", xml.contains);
    Optional<HealthCheck.JsonEquals> json = json(place, xml);
    Optional<Via> via = values.choice(place + "<via>", xml.via, Via.class);
    return url.map(
        u ->
            new HealthCheck.Http(
                u,
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                contains,
                json,
                via.orElse(viaFor(u.getHost()))));
  }

  private Optional<URI> url(String place, String text) {
    try {
      URI url = new URI(text);
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        values.problem(place, "is no http:// or https:// URL");
      } else if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
        values.problem(place, "holds a user or password, which reports would show; remove it");
      } else if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
        values.problem(place, "has no host and port that can be asked");
      } else if (url.getRawFragment() != null) {
        values.problem(place, "has a #fragment, which is never sent; remove it");
      } else {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      values.problem(place, "is no URL: " + e.getReason() + " at character " + e.getIndex());
    }
    return Optional.empty();
  }

  private Optional<HealthCheck.JsonEquals> json(String place, CheckXml xml) {
    Optional<String> pointer = values.line(place + "<jsonPointer>", xml.jsonPointer);
    Optional<String> equals = expanding(place + "<equals>", xml.equals);
    if (given(xml.jsonPointer) != given(xml.equals)) {
      values.problem(place, "needs <jsonPointer> and <equals> together");
    }
    if (pointer.isPresent() && !POINTER.matcher(pointer.get()).matches()) {
      values.problem(
          place + "<jsonPointer>",
          Values.quoted(pointer.get()) + " is no JSON pointer: write e.g. /build/version");
    }
    return pointer.flatMap(p -> equals.map(e -> new HealthCheck.JsonEquals(p, e)));
  }

  private Optional<HealthCheck> tcp(String place, CheckXml xml) {
    Optional<Via> via = values.choice(place + "<via>", xml.via, Via.class);
    Optional<String> text = values.line(place + "<tcp>", xml.tcp).map(String::trim);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher m = TCP.matcher(text.get());
    int port = m.matches() ? Integer.parseInt(m.group("port")) : 0;
    if (port < 1 || port > 65_535) {
      values.problem(
          place + "<tcp>", Values.quoted(text.get()) + " is no address: write e.g. localhost:8080");
      return Optional.empty();
    }
    String host = m.group("v6") == null ? m.group("name") : m.group("v6");
    return Optional.of(new HealthCheck.Tcp(host, port, via.orElse(viaFor(host))));
  }

  private Optional<String> expanding(String place, @Nullable String value) {
    Optional<String> text = values.text(place, value);
    PLACEHOLDER
        .matcher(text.orElse(""))
        .results()
        .map(found -> found.group(1))
        .filter(name -> !PLACEHOLDERS.contains(name))
        .forEach(
            name ->
                values.problem(
                    place, "knows {version} and {releaseId}, not {" + Values.quoted(name) + "}"));
    return text;
  }

  /** A local name means the host itself; anything else can be asked from here. */
  private static Via viaFor(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    boolean local =
        name.equals("localhost")
            || name.endsWith(".localhost")
            || name.matches("127(\\.[0-9]{1,3}){3}")
            || name.equals("::1")
            || name.equals("0:0:0:0:0:0:0:1");
    return local ? Via.HOST : Via.LOCAL;
  }
}
