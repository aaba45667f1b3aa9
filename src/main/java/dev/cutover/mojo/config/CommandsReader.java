package dev.cutover.mojo.config;

import dev.cutover.domain.Command;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the commands of the user's: build, restart and hooks. */
final class CommandsReader {

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private final Values values;

  CommandsReader(Values values) {
    this.values = values;
  }

  Optional<Command> build(@Nullable CommandXml xml) {
    if (xml == null) {
      return Optional.empty();
    }
    Duration timeout = values.duration("<build><timeout>", xml.timeout, TEN_MINUTES);
    return values.required("<build><run>", xml.run).map(run -> new Command(run, timeout));
  }

  Optional<Command> restart(DeployXml xml) {
    Duration timeout =
        values.duration("<restartTimeout>", xml.restartTimeout, Duration.ofMinutes(2));
    return values.text(xml.place("restart"), xml.restart).map(run -> new Command(run, timeout));
  }

  List<Hook> hooks(@Nullable List<HookXml> written) {
    List<Hook> hooks = new ArrayList<>();
    int number = 0;
    for (HookXml xml : Values.listed(written)) {
      String place = "<hooks><hook>[" + ++number + "]";
      Optional<Hook.Point> at = values.choice(place + "<at>", xml.at, Hook.Point.class);
      if (xml.at == null || xml.at.isBlank()) {
        values.problem(place + "<at>", "is missing: write e.g. before-switch");
      }
      Duration timeout = values.duration(place + "<timeout>", xml.timeout, TEN_MINUTES);
      Optional<String> run = values.required(place + "<run>", xml.run);
      Optional<String> undo = values.text(place + "<undo>", xml.undo);
      boolean late =
          at.filter(p -> p == Hook.Point.AFTER_COMMIT || p == Hook.Point.AFTER_REVERT).isPresent();
      if (late && undo.isPresent()) {
        values.problem(place + "<undo>", "would never run: nothing is taken back any more there");
      }
      Where on = values.choice(place + "<on>", xml.on, Where.class).orElse(Where.ALL);
      if (at.isPresent() && run.isPresent()) {
        hooks.add(
            new Hook(
                at.get(),
                new Command(run.get(), timeout),
                undo.map(text -> new Command(text, timeout)),
                on));
      }
    }
    return hooks;
  }
}
