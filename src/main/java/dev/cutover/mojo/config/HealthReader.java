package dev.cutover.mojo.config;

import dev.cutover.domain.HealthCheck;
import dev.cutover.domain.HealthPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads when a release counts as healthy. */
final class HealthReader {

  private final Values values;
  private final CheckReader checks;

  HealthReader(Values values) {
    this.values = values;
    this.checks = new CheckReader(values);
  }

  HealthPolicy read(DeployXml all) {
    HealthXml xml = all.health;
    if (xml == null) {
      return HealthPolicy.NONE;
    }
    Duration timeout =
        values.duration("<health><timeout>", xml.timeout, HealthPolicy.NONE.timeout());
    Duration interval =
        values.duration("<health><interval>", xml.interval, HealthPolicy.NONE.interval());
    int successes =
        values.number("<health><successes>", xml.successes, HealthPolicy.NONE.successes(), 1, 1000);
    List<HealthCheck> read = new ArrayList<>();
    only(all.place("health"), xml).ifPresent(read::add);
    int number = 0;
    for (CheckXml check : Values.listed(xml.checks)) {
      checks.read("<health><checks><check>[" + ++number + "]", check).ifPresent(read::add);
    }
    return new HealthPolicy(read, timeout, interval, successes);
  }

  /** One text: a URL when it looks like one, else a command. */
  private Optional<HealthCheck> only(String place, HealthXml xml) {
    Optional<String> text = values.text(place, xml.only).map(String::trim);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("(?is)https?://.*")) {
      return Optional.of(new HealthCheck.Run(text.get()));
    }
    CheckXml check = new CheckXml();
    check.http = text.get();
    return checks.readHttp(place, place, check);
  }
}
