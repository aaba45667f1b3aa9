# shellcheck shell=sh disable=SC2154
# Starts a command of the user's, detached. Once started under a name it is never started again.
# DIR    its own directory below .cutover;  TEXT  what the user wrote
# GO     the script that sets the environment and runs TEXT;  SUPERVISOR  the one that waits for it
# LIMIT  seconds;  LOG  the file that keeps the output, or empty

[ ! -e "$DIR/taken" ] || exit 0
if [ ! -e "$DIR/go" ]; then
  mkdir -p "$DIR" && : >"$DIR/out" && echo "   " >"$DIR/status.new" && printf '%s\n' "$TEXT" >"$DIR/command" &&
    printf '%s\n%s\n' "$LEADER" "$SUPERVISOR" >"$DIR/supervisor" &&
    printf '%s\n' "$GO" >"$DIR/go" || {
    rm -f "$DIR/go"
    fail "the command could not be written to $DIR"
  }
  [ -z "$LOG" ] || : >>"$LOG" || fail "$LOG could not be written"
fi
if [ "$lc0set" ]; then LC_ALL=$lc0; else unset LC_ALL; fi
umask "$umask0"
eval "$LEADER"
leader sh "$DIR/supervisor" "$DIR" "$LIMIT" "$LOG" </dev/null >/dev/null 2>&1 8>&- 9>&- &
