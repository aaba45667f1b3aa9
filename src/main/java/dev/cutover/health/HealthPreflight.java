package dev.cutover.health;

import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthCheck.Via;
import dev.cutover.domain.HealthPolicy;
import dev.cutover.domain.Layout;
import dev.cutover.domain.Problem;
import dev.cutover.transport.Host;
import dev.cutover.transport.HostQuery;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import jakarta.json.Json;
import jakarta.json.JsonException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the checks that could never be answered, before anything is staged. */
public final class HealthPreflight {

  /** Nobody listens there, and asking hurts nobody: only whether there is a tool matters. */
  private static final String NOWHERE = "127.0.0.1";

  private static final int NO_PORT = 1;
  private static final long SECONDS = 2;

  private HealthPreflight() {}

  /**
   * Looks at each check, and on the host at what it can ask with if it does not forward.
   *
   * @return what is wrong, each with its {@code <check>}, counted from 1
   */
  public static List<Problem> problems(HealthPolicy policy, Host host, Layout layout) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < policy.checks().size(); i++) {
      HealthCheck check = policy.checks().get(i);
      String place = "<health><checks><check>[" + (i + 1) + "]";
      malformed(check)
          .or(() -> unaskable(check, host, layout))
          .ifPresent(message -> problems.add(new Problem(place, message)));
    }
    return problems;
  }

  private static Optional<String> malformed(HealthCheck check) {
    if (!(check instanceof HealthCheck.Http http)) {
      return Optional.empty();
    }
    URI url = http.url();
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme) || url.getHost() == null) {
      return Optional.of("is not an http or https URL with a host name");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("a URL must not hold a user or password; it would be printed");
    }
    try {
      http.json().ifPresent(json -> Json.createPointer(json.pointer()));
      return Optional.empty();
    } catch (JsonException e) {
      return Optional.of("<jsonPointer> must be empty or begin with '/', e.g. /build/version");
    }
  }

  private static Optional<String> unaskable(HealthCheck check, Host host, Layout layout) {
    boolean http = check instanceof HealthCheck.Http asked && asked.via() == Via.HOST;
    boolean tcp = check instanceof HealthCheck.Tcp asked && asked.via() == Via.HOST;
    if ((!http && !tcp) || host.forwards()) {
      return Optional.empty();
    }
    HostQuery query =
        http
            ? new HostQuery.Fetch(URI.create("http://" + NOWHERE + ":" + NO_PORT + "/"), SECONDS)
            : new HostQuery.Connect(NOWHERE, NO_PORT, SECONDS);
    OpResult result = host.query(layout, query, OpListener.SILENT);
    return result.status() == OpResult.NO_TOOL
        ? Optional.of(
            "%s cannot be asked: %s forbids forwarding (AllowTcpForwarding) and has no %s; allow"
                    .formatted(
                        check.label(),
                        host.target().host(),
                        http ? "curl or wget" : "tool to connect with")
                + " one of them, or use <via>local</via>")
        : Optional.empty();
  }
}
