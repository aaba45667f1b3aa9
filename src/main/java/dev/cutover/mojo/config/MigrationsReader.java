package dev.cutover.mojo.config;

import dev.cutover.domain.Command;
import dev.cutover.domain.Migration;
import dev.cutover.domain.Migration.Forward;
import dev.cutover.domain.Migration.UndoOrder;
import dev.cutover.domain.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the migrations: what a preset says, and what is written over it. */
final class MigrationsReader {

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");

  private final Values values;
  private final PresetReader presets;
  private final boolean checked;

  /**
   * Reads for one module.
   *
   * @param directory where the paths of presets start
   * @param checked whether there are health checks
   */
  MigrationsReader(Values values, Path directory, boolean checked) {
    this.values = values;
    this.presets = new PresetReader(values, directory);
    this.checked = checked;
  }

  List<Migration> read(@Nullable MigrationsXml written) {
    if (written == null) {
      return List.of();
    }
    boolean probeOld = values.flag("<migrations><probeOld>", written.probeOld, false);
    List<Migration> migrations = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int number = 0;
    for (MigrationXml xml : written.all) {
      String place = "<migrations><migration>[" + ++number + "]";
      Optional<String> id = id(place + "<id>", xml.id);
      if (id.isPresent() && !ids.add(id.get())) {
        values.problem(place + "<id>", Values.quoted(id.get()) + " is taken by another migration");
      }
      new One(place, xml, probeOld).read(id).ifPresent(migrations::add);
    }
    return migrations;
  }

  private Optional<String> id(String place, @Nullable String value) {
    Optional<String> id = values.required(place, value);
    if (id.isPresent() && !id.get().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      values.problem(
          place,
          Values.quoted(id.get())
              + " is no id: up to 64 letters, digits, dots, dashes, underscores");
      return Optional.empty();
    }
    return id;
  }

  /** One migration. */
  private final class One {
    private final String place;
    private final MigrationXml xml;
    private final boolean probeAll;
    private final Optional<Preset> preset;
    private final Duration timeout;

    One(String place, MigrationXml xml, boolean probeAll) {
      this.place = place;
      this.xml = xml;
      this.probeAll = probeAll;
      this.preset = presets.read(place + "<preset>", xml.preset);
      this.timeout = values.duration(place + "<timeout>", xml.timeout, TEN_MINUTES);
    }

    Optional<Migration> read(Optional<String> id) {
      Optional<Command> up = command("up", xml.up);
      if (up.isEmpty() && preset.isPresent() && (xml.up == null || xml.up.isBlank())) {
        values.problem(place + "<up>", "is missing");
      }
      Optional<Command> down = command("down", xml.down);
      Optional<Command> backup = command("backup", xml.backup);
      // What a preset would restore from is gone with its backup.
      Optional<Command> restore =
          backup.isEmpty() && !given(xml.restore)
              ? Optional.empty()
              : command("restore", xml.restore);
      if (restore.isPresent() && backup.isEmpty()) {
        values.problem(place + "<restore>", "has nothing to restore from: there is no <backup>");
      }
      Where on = values.choice(place + "<on>", xml.on, Where.class).orElse(Where.FIRST);
      if (on == Where.LOCAL && (given(xml.backup) || given(xml.restore))) {
        values.problem(
            place + (given(xml.backup) ? "<backup>" : "<restore>"),
            "is kept on a host with its release: not with <on>local</on>");
      }
      Optional<Command> check = command("check", xml.check);
      Optional<Command> version = command("version", xml.version);
      UndoOrder order = undoOrder(down);
      boolean probeOld = probeOld();
      Optional<Forward> forward = forward(on);
      if (id.isEmpty() || up.isEmpty()) {
        return Optional.empty();
      }
      boolean here = on == Where.LOCAL;
      return Optional.of(
          new Migration(
              id.get(),
              preset.map(Preset::name).orElse(""),
              up.get(),
              down,
              check,
              version,
              here ? Optional.empty() : backup,
              here ? Optional.empty() : restore,
              on,
              order,
              probeOld,
              forward));
    }

    /** What is written, else what the preset has; {@code none} is nothing, whatever it has. */
    private Optional<Command> command(String function, @Nullable String written) {
      if (written != null && written.trim().equals("none")) {
        return Optional.empty();
      }
      Optional<String> text =
          given(written)
              ? values.text(place + "<" + function + ">", written)
              : preset.flatMap(known -> known.call(function));
      return text.map(run -> new Command(run, timeout));
    }

    private UndoOrder undoOrder(Optional<Command> down) {
      String at = place + "<undoOrder>";
      Optional<String> text = values.line(at, xml.undoOrder).map(String::trim);
      if (text.isEmpty() || text.get().equals("afterFlip")) {
        return UndoOrder.AFTER_FLIP;
      }
      if (!text.get().equals("beforeFlip")) {
        values.problem(at, Values.quoted(text.get()) + " is none of afterFlip, beforeFlip");
      } else if (down.isEmpty() && preset.isPresent()) {
        values.problem(at, "says when <down> runs, and there is no <down>");
      }
      return UndoOrder.BEFORE_FLIP;
    }

    private boolean probeOld() {
      String at = place + "<probeOld>";
      boolean asked = values.flag(at, xml.probeOld, probeAll);
      if (asked && !checked) {
        values.problem(
            at, "asks the live release by the health checks, and none is configured in <health>");
      }
      return asked;
    }

    private Optional<Forward> forward(Where on) {
      String at = place + "<forward>";
      Optional<String> text = values.line(at, xml.forward).map(String::trim);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      if (on != Where.LOCAL) {
        values.problem(at, "goes only with <on>local</on>");
      }
      Matcher m = ADDRESS.matcher(text.get());
      int port = m.matches() ? Integer.parseInt(m.group(3)) : 0;
      if (port < 1 || port > HIGHEST_PORT) {
        values.problem(at, Values.quoted(text.get()) + " is no address: write e.g. localhost:5432");
        return Optional.empty();
      }
      return Optional.of(new Forward(m.group(1) == null ? m.group(2) : m.group(1), port));
    }

    private static boolean given(@Nullable String value) {
      return value != null && !value.isBlank();
    }
  }
}
