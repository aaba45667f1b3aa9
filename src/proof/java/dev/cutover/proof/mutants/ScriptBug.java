package dev.cutover.proof.mutants;

import dev.cutover.proof.power.PowerCheck;
import dev.cutover.proof.power.Unsynced;
import dev.cutover.proof.strace.CallFault;
import dev.cutover.proof.strace.StraceCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mistake that somebody might make in a host script, and the smallest portion of a proof that
 * catches it.
 *
 * @param patch of a program's text
 */
record ScriptBug(String name, UnaryOperator<String> patch, Catcher catcher) {

  static List<ScriptBug> all() {
    return List.of(
        new ScriptBug("data sync dropped", Unsynced::data, PowerCheck::atTheEnd),
        new ScriptBug(
            "directory sync dropped",
            drop("t_sync \"$ROOT\" || fail \"$ROOT could not be synced\""),
            undisturbed("switch")),
        new ScriptBug(
            "record sync dropped",
            drop("t_sync \"$STATE/journal\" || fail \"the journal could not be synced\""),
            undisturbed("append")),
        new ScriptBug(
            "sync errors ignored",
            swap("t_sync() { sync \"$@\"; }", "t_sync() { sync \"$@\" || :; }"),
            at("append", CallFault.EIO, "fsync", "/journal")),
        new ScriptBug(
            "plain link for rename",
            swap(
                "ln -s \"$TO\" \"$STATE/current.$N\" && t_rename \"$STATE/current.$N\" \"$ROOT/current\"",
                "rm -f \"$ROOT/current\" && ln -s \"$TO\" \"$ROOT/current\""),
            at("switch", CallFault.CRASH, "symlink", "/current")),
        new ScriptBug("rename into the directory", swap("mv -fT", "mv -f"), undisturbed("switch")),
        new ScriptBug(
            "current not read back",
            drop(
                "[ \"$ABS\" = \"$TO\" ] || [ \"$(readlink \"$ROOT/current\")\" = \"$TO\" ] || fail \"$ROOT/current does not lead to $TO\""),
            at("switch", CallFault.LIE, "rename", "/current")),
        new ScriptBug(
            "record before act",
            both(
                swap(
                    "t_rename \"$STATE/current.$N\" \"$ROOT/current\"",
                    "note \"$from\" && t_rename \"$STATE/current.$N\" \"$ROOT/current\""),
                line("note \"$from\"", ":")),
            at("switch", CallFault.CRASH, "rename", "/current")),
        new ScriptBug(
            "undo registered after the act",
            both(
                line("record \"$BODY\"", ":"),
                swap("t_sync \"$ROOT\" || fail", "record \"$BODY\"; t_sync \"$ROOT\" || fail")),
            at("switch", CallFault.CRASH, "write", "/journal")),
        new ScriptBug(
            "token not checked",
            swap("[ \"$(readlink \"$STATE/lock\")\" = \"$TOKEN\" ]", ":"),
            Catchers::aStaleTokenChangesNothing),
        new ScriptBug(
            "mutex not taken",
            swap("t_lock() { flock -w 20 9; }", "t_lock() { :; }"),
            Catchers::nobodyActsAfterATakeover),
        new ScriptBug(
            "lock checked then taken",
            both(
                swap("mutex || refuse busy", ":"),
                swap("t_link \"$TOKEN\" \"$STATE/lock\"", "ln -sfT \"$TOKEN\" \"$STATE/lock\"")),
            Catchers::oneOfTwoGetsTheLock),
        new ScriptBug(
            "prune by name",
            swap("for id in $IDS; do", "for id in $(ls -r \"$ROOT/releases\" | head -n 1); do"),
            Catchers::pruningTakesWhatItWasTold),
        new ScriptBug(
            "record glued to a torn one",
            swap("records=\"$records$newline${#payload}", "records=\"$records${#payload}"),
            Catchers::aRecordAfterATornOneIsRead),
        new ScriptBug(
            "upload not verified",
            line("if [ \"$found\" ]; then", "if false; then"),
            Catchers::aDamagedUploadIsRefused),
        new ScriptBug(
            "live release quarantined",
            drop("[ \"$ABS\" != \"$tree\" ] || fail \"$tree is live\""),
            Catchers::theLiveReleaseStays),
        new ScriptBug(
            "command started twice",
            both(
                swap("[ ! -e \"$DIR/taken\" ] || exit 0", ":"),
                swap(
                    "{ true >taken || { [ ! -e taken ] && rm -f room && true >taken; }; } 2>/dev/null || exit 0",
                    ":")),
            Catchers::aCommandRunsOnce));
  }

  /** Looks for something wrong with scripts that have been patched. */
  @FunctionalInterface
  interface Catcher {
    List<String> problems(Path work, UnaryOperator<String> patch) throws IOException;
  }

  @Override
  public String toString() {
    return name;
  }

  private static UnaryOperator<String> drop(String text) {
    return swap(text, ":");
  }

  private static UnaryOperator<String> swap(String text, String other) {
    return script -> script.replace(text, other);
  }

  private static UnaryOperator<String> line(String text, String other) {
    Pattern whole = Pattern.compile("^" + Pattern.quote(text) + "$", Pattern.MULTILINE);
    return script -> whole.matcher(script).replaceAll(Matcher.quoteReplacement(other));
  }

  private static UnaryOperator<String> both(
      UnaryOperator<String> one, UnaryOperator<String> other) {
    return script -> other.apply(one.apply(script));
  }

  private static Catcher undisturbed(String op) {
    return (work, patch) -> StraceCheck.undisturbed(op, work, patch);
  }

  private static Catcher at(String op, CallFault fault, String call, String path) {
    return (work, patch) -> StraceCheck.at(op, fault, call, path, work, patch);
  }
}
