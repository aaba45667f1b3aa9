package dev.cutover.transport;

import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.ReleaseState;
import dev.cutover.domain.RemotePath;
import dev.cutover.domain.journal.JournalCodec;
import dev.cutover.domain.journal.JournalEntry;
import dev.cutover.domain.journal.JournalEntry.Committed;
import dev.cutover.domain.journal.JournalEntry.StateChanged;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Renders operations into calls of their scripts. Pure: equal operations make equal text. */
final class OpCalls {

  private final Layout layout;
  private final LockToken token;
  private final Function<Call, String> detached;
  private final Map<Class<? extends HostOp>, Function<HostOp, Call>> renderers =
      new LinkedHashMap<>();

  /**
   * Calls under a token.
   *
   * @param detached makes the text of a program that runs on its own
   */
  OpCalls(Layout layout, LockToken token, Function<Call, String> detached) {
    this.layout = layout;
    this.token = token;
    this.detached = detached;
    on(
        HostOp.Append.class,
        op -> new Call("append", Map.of("BODY", body(op.entry()))).writing("BODY"));
    on(HostOp.Assemble.class, OpCalls::assemble);
    on(HostOp.Explain.class, op -> new Call("explain", Map.of("ID", op.id().value())));
    on(HostOp.Run.class, this::run);
    on(HostOp.Seal.class, OpCalls::seal);
    on(HostOp.Commit.class, this::commit);
    on(HostOp.Publish.class, op -> new Call("publish", Map.of("ID", op.id().value())));
    on(HostOp.Switch.class, OpCalls::flip);
    on(
        HostOp.RemoveCurrent.class,
        op -> flip(op.runId(), "", op.expected().value(), Optional.empty()));
    on(HostOp.Quarantine.class, OpCalls::quarantine);
    on(HostOp.Prune.class, OpCalls::prune);
    on(
        HostOp.Unpublish.class,
        op ->
            new Call(
                "unpublish",
                Map.of(
                    "ID",
                    op.id().value(),
                    "STATED",
                    state(op.runId(), op.id(), ReleaseState.SEALED, "it was not activated"),
                    "FAILED",
                    state(op.runId(), op.id(), ReleaseState.FAILED, "its activation failed"))));
    on(HostOp.Arm.class, this::arm);
    on(HostOp.Disarm.class, op -> new Call("disarm", Map.of("DIR", watchdog())));
    on(HostOp.Orphans.class, op -> new Call("orphans", Map.of()));
    on(HostOp.Await.class, this::await);
    on(HostOp.Backup.class, OpCalls::backup);
    on(HostOp.LogRevision.class, OpCalls::logRevision);
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
                "STATED", state(op.runId(), op.id(), ReleaseState.STAGED, "")))
        .writing("STATED");
  }

  private Call run(HostOp.Run op) {
    Map<String, String> variables =
        new LinkedHashMap<>(CommandText.variables(layout, op.command()));
    variables.put(
        "DIR", directory(new HostOp.Await(token.seq(), op.command().name(), op.runId(), 0)));
    return new Call("run", variables);
  }

  private Call await(HostOp.Await op) {
    return new Call(
        "await",
        Map.of(
            "DIR", directory(op),
            "LIMIT", Long.toString(Math.max(1, op.timeoutSeconds()))));
  }

  /** Where a command has its files. */
  private String directory(HostOp.Await command) {
    return layout.state().child("runs/" + command.key()).value();
  }

  private static Call backup(HostOp.Backup op) {
    return new Call(
        "backup",
        Map.of(
            "ID", op.id().value(),
            "NAME", oneLine(op.migration()),
            "RUN", op.runId(),
            "WHAT", op.act().name().toLowerCase(Locale.ROOT)));
  }

  private static Call seal(HostOp.Seal op) {
    ReleaseId id = op.description().id();
    return new Call(
            "seal",
            Map.of(
                "ID", id.value(),
                "BUILT", op.built() ? "1" : "",
                "DESCRIBED", body(op.description()),
                "STATED", state(op.runId(), id, ReleaseState.SEALED, "")))
        .writing("DESCRIBED", "STATED");
  }

  private Call commit(HostOp.Commit op) {
    return new Call(
            "commit",
            Map.of(
                "RUN", op.runId(),
                "TO", layout.release(op.id()).value(),
                "COMMITTED", body(new Committed(op.runId(), Optional.of(op.id()))),
                "STATED", state(op.runId(), op.id(), ReleaseState.GOOD, "")))
        .writing("COMMITTED", "STATED");
  }

  private Call arm(HostOp.Arm op) {
    Map<String, String> variables = new LinkedHashMap<>();
    op.restart()
        .ifPresentOrElse(
            restart -> variables.putAll(CommandText.variables(layout, restart)),
            () -> variables.put("TEXT", ""));
    variables.put("DIR", watchdog());
    variables.put("RUN", op.runId());
    variables.put("TO", op.to().value());
    variables.put("FROM", op.from().map(RemotePath::value).orElse(""));
    variables.put("GRACE", Long.toString(op.graceSeconds()));
    return new Call(
        "arm", Map.of("DIR", watchdog(), "SCRIPT", detached.apply(new Call("watch", variables))));
  }

  private String watchdog() {
    return layout.state().child("runs/" + token.seq() + "/watchdog").value();
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
        Map.of(
            "ID", op.id().value(),
            "DISCARD", op.discard() ? "1" : "",
            "STATED", state(op.runId(), op.id(), op.state(), op.why())));
  }

  private static Call logRevision(HostOp.LogRevision op) {
    return new Call(
        "revision",
        Map.of(
            "LINE", oneLine(op.line()),
            "LIVE", op.live().map(ReleaseId::value).orElse(""),
            "LEFT", op.left().map(ReleaseId::value).orElse("")));
  }

  private static Call prune(HostOp.Prune op) {
    ReleaseId mark = new ReleaseId("0_0");
    String record = state(op.runId(), mark, ReleaseState.PRUNED, "");
    int at = record.indexOf(" id=" + mark.value()) + " id=".length();
    String before = record.substring(0, at);
    String after = record.substring(at + mark.value().length());
    List<String> ids = op.ids().stream().map(ReleaseId::value).toList();
    return new Call(
        "prune",
        Map.of(
            "IDS",
            lines(ids),
            "BEFORE",
            before,
            "AFTER",
            after,
            "MEASURED",
            op.measured() ? "1" : ""),
        ids.stream().map(id -> before + id + after).toList());
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
