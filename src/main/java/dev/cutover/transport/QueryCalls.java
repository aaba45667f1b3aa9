package dev.cutover.transport;

import dev.cutover.domain.Layout;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Renders questions into calls of their scripts. */
final class QueryCalls {

  private final Map<Class<? extends HostQuery>, Function<HostQuery, Call>> renderers =
      new LinkedHashMap<>();

  QueryCalls(Layout layout) {
    on(HostQuery.Drift.class, q -> new Call("drift", Map.of("ID", q.id().value())));
    on(
        HostQuery.RunCheck.class,
        q -> new Call("check", CommandText.variables(layout, q.command())));
    on(
        HostQuery.Fetch.class,
        q ->
            new Call(
                "fetch", Map.of("URL", http(q.url()), "LIMIT", Long.toString(q.timeoutSeconds()))));
    on(
        HostQuery.Connect.class,
        q ->
            new Call(
                "connect",
                Map.of(
                    "ADDRESS", q.host(),
                    "PORT", Integer.toString(q.port()),
                    "LIMIT", Long.toString(q.timeoutSeconds()))));
    on(HostQuery.Probe.class, q -> new Call("probe", Map.of("SUDO", q.sudo() ? "1" : "")));
  }

  Call call(HostQuery query) {
    Function<HostQuery, Call> renderer = renderers.get(query.getClass());
    if (renderer == null) {
      throw new IllegalStateException("no script for " + query.getClass().getSimpleName());
    }
    return renderer.apply(query);
  }

  private <Q extends HostQuery> void on(Class<Q> type, Function<Q, Call> renderer) {
    renderers.put(type, query -> renderer.apply(type.cast(query)));
  }

  /** A URI holds neither a quote nor a backslash nor a newline, so it fits curl's own quotes. */
  private static String http(URI url) {
    String scheme = String.valueOf(url.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("not an http url: " + url);
    }
    return url.toASCIIString();
  }
}
