package dev.cutover.mojo.config;

import dev.cutover.domain.Command;
import dev.cutover.domain.Hook;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the commands of the user's: build, restart, hooks and migrations. */
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
    return required("<build><run>", xml.run).map(run -> new Command(run, timeout));
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
      Optional<String> run = required(place + "<run>", xml.run);
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

  List<Migration> migrations(@Nullable List<MigrationXml> written) {
    List<Migration> migrations = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int number = 0;
    for (MigrationXml xml : Values.listed(written)) {
      String place = "<migrations><migration>[" + ++number + "]";
      Optional<String> id = id(place + "<id>", xml.id);
      if (id.isPresent() && !ids.add(id.get())) {
        values.problem(place + "<id>", Values.quoted(id.get()) + " is taken by another migration");
      }
      refuseWhatComesLater(place, xml);
      Duration timeout = values.duration(place + "<timeout>", xml.timeout, TEN_MINUTES);
      Optional<String> up = required(place + "<up>", xml.up);
      Optional<Command> down = command(place + "<down>", xml.down, timeout);
      Optional<Command> check = command(place + "<check>", xml.check, timeout);
      Where on = values.choice(place + "<on>", xml.on, Where.class).orElse(Where.FIRST);
      if (id.isPresent() && up.isPresent()) {
        migrations.add(new Migration(id.get(), new Command(up.get(), timeout), down, check, on));
      }
    }
    return migrations;
  }

  private Optional<String> id(String place, @Nullable String value) {
    Optional<String> id = required(place, value);
    if (id.isPresent() && !id.get().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      values.problem(
          place,
          Values.quoted(id.get())
              + " is no id: up to 64 letters, digits, dots, dashes, underscores");
      return Optional.empty();
    }
    return id;
  }

  private void refuseWhatComesLater(String place, MigrationXml xml) {
    Optional<String> preset = values.line(place + "<preset>", xml.preset).map(String::trim);
    if (preset.isPresent() && !preset.get().equals("none")) {
      values.problem(
          place + "<preset>",
          "presets are not available in this version; write <up> and <down> instead");
    }
    Map<String, Optional<String>> later = new TreeMap<>();
    later.put("<version>", Optional.ofNullable(xml.version));
    later.put("<backup>", Optional.ofNullable(xml.backup));
    later.put("<restore>", Optional.ofNullable(xml.restore));
    later.forEach(
        (name, value) -> {
          if (value.isPresent()) {
            values.problem(
                place + name, "is not available in this version and would be ignored; remove it");
          }
        });
  }

  private Optional<Command> command(String place, @Nullable String value, Duration timeout) {
    return values.text(place, value).map(run -> new Command(run, timeout));
  }

  private Optional<String> required(String place, @Nullable String value) {
    if (value == null || value.isBlank()) {
      values.problem(place, "is missing");
      return Optional.empty();
    }
    return values.text(place, value);
  }
}
