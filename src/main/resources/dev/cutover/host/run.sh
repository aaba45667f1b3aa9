# shellcheck shell=sh disable=SC2154
# Starts a command of the user's, detached. Once started under a name it is never started again.
# DIR    its own directory below .cutover;  TEXT  what the user wrote
# GO     the script that sets the environment and runs TEXT;  SUPERVISOR  the one that waits for it
# LIMIT  seconds;  LOG  the file that keeps the output, or empty

unstarted() {
  value unstarted 1
  fail "$1"
}

[ ! -e "$DIR/taken" ] || exit 0
# It comes whole or not at all: an empty one would end well, with nothing done.
if [ ! -e "$DIR/go" ]; then
  # What the supervisor writes has its place from the start: it must not fail once the command runs.
  if ! { mkdir -p "$DIR" && true >"$DIR/out" && true >"$DIR/late.new" && echo "   " >"$DIR/status.new" && echo "          " >"$DIR/supervisor.pid" &&
    printf '%4096s' '' >"$DIR/room" && printf '%s\n' "$TEXT" >"$DIR/command" &&
    printf '%s\n%s\n' "$LEADER" "$SUPERVISOR" >"$DIR/supervisor" &&
    printf '%s\n' "$GO" >"$DIR/go.new" && t_rename "$DIR/go.new" "$DIR/go"; }; then
    rm -f "$DIR/go.new"
    unstarted "the command could not be written to $DIR"
  fi
  [ -z "$LOG" ] || true >>"$LOG" || unstarted "$LOG could not be written"
fi
if [ "$lc0set" ]; then LC_ALL=$lc0; else unset LC_ALL; fi
umask "$umask0"
eval "$LEADER"
leader sh "$DIR/supervisor" "$DIR" "$LIMIT" "$LOG" </dev/null >/dev/null 2>&1 8>&- 9>&- &
