package dev.cutover.transport;

import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Percent;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalCodec;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Renders operations into calls of their scripts. Pure: equal operations make equal text. */
final class OpCalls {

  private final Layout layout;
  private final LockToken token;
  private final Map<Class<? extends HostOp>, Function<HostOp, Call>> renderers =
      new LinkedHashMap<>();

  OpCalls(Layout layout, LockToken token) {
    this.layout = layout;
    this.token = token;
    on(HostOp.Append.class, op -> new Call("append", Map.of("BODY", body(op.entry()))));
    on(HostOp.Assemble.class, OpCalls::assemble);
    on(HostOp.Run.class, this::run);
    on(HostOp.Seal.class, OpCalls::seal);
    on(HostOp.Publish.class, op -> new Call("publish", Map.of("ID", op.id().value())));
    on(HostOp.Switch.class, OpCalls::flip);
    on(
        HostOp.RemoveCurrent.class,
        op -> flip(op.runId(), "", op.expected().value(), Optional.empty()));
    on(HostOp.Quarantine.class, OpCalls::quarantine);
    on(HostOp.Prune.class, OpCalls::prune);
    on(HostOp.LogRevision.class, op -> new Call("revision", Map.of("LINE", oneLine(op.line()))));
    on(HostOp.Unlock.class, op -> new Call("unlock", Map.of()));
  }

  Call call(HostOp op) {
    Function<HostOp, Call> renderer = renderers.get(op.getClass());
    if (renderer == null) {
      throw new IllegalStateException("no script for " + op.getClass().getSimpleName());
    }
    return renderer.apply(op);
  }

  private <O extends HostOp> void on(Class<O> type, Function<O, Call> renderer) {
    renderers.put(type, op -> renderer.apply(type.cast(op)));
  }

  private static Call assemble(HostOp.Assemble op) {
    String modes =
        op.modes().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(mode -> "%04o %s".formatted(mode.getValue(), oneLine(mode.getKey())))
            .collect(Collectors.joining("\n"));
    return new Call(
        "assemble",
        Map.of(
            "ID", op.id().value(),
            "VERSION", oneLine(op.version()),
            "REVISION", oneLine(op.revision()),
            "DIRS", lines(op.shared().dirs()),
            "FILES", lines(op.shared().files()),
            "MODES", modes,
            "STATED", state(op.runId(), op.id(), ReleaseState.STAGED, "")));
  }

  private Call run(HostOp.Run op) {
    RemotePath directory =
        layout
            .state()
            .child(
                "runs/"
                    + token.seq()
                    + "/"
                    + Percent.encode(op.command().name()).replace("/", "%2f"));
    Map<String, String> variables =
        new LinkedHashMap<>(CommandText.variables(layout, op.command()));
    variables.put("DIR", directory.value());
    return new Call("run", variables);
  }

  private static Call seal(HostOp.Seal op) {
    ReleaseId id = op.description().id();
    return new Call(
        "seal",
        Map.of(
            "ID", id.value(),
            "BUILT", op.built() ? "1" : "",
            "DESCRIBED", body(op.description()),
            "STATED", state(op.runId(), id, ReleaseState.SEALED, "")));
  }

  private static Call flip(HostOp.Switch op) {
    String expected = op.expected().map(RemotePath::value).orElse("");
    return flip(op.runId(), op.to().value(), expected, op.live());
  }

  private static Call flip(String runId, String to, String expected, Optional<ReleaseId> live) {
    String stated = live.map(id -> state(runId, id, ReleaseState.LIVE, "")).orElse("");
    return new Call(
        "switch", Map.of("RUN", runId, "TO", to, "EXPECTED", expected, "STATED", stated));
  }

  private static Call quarantine(HostOp.Quarantine op) {
    return new Call(
        "quarantine",
        Map.of("ID", op.id().value(), "STATED", state(op.runId(), op.id(), op.state(), op.why())));
  }

  private static Call prune(HostOp.Prune op) {
    ReleaseId mark = new ReleaseId("0_0");
    String record = state(op.runId(), mark, ReleaseState.PRUNED, "");
    int at = record.indexOf(" id=" + mark.value()) + " id=".length();
    return new Call(
        "prune",
        Map.of(
            "IDS", lines(op.ids().stream().map(ReleaseId::value).toList()),
            "BEFORE", record.substring(0, at),
            "AFTER", record.substring(at + mark.value().length())));
  }

  private static String state(String runId, ReleaseId id, ReleaseState state, String why) {
    return body(new StateChanged(runId, id, state, why));
  }

  private static String body(JournalEntry entry) {
    return JournalCodec.body(entry);
  }

  static String lines(List<String> values) {
    return values.stream().map(OpCalls::oneLine).collect(Collectors.joining("\n"));
  }

  private static String oneLine(String value) {
    if (value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("more than one line: " + value.replace("\n", "\\n"));
    }
    return value;
  }
}
