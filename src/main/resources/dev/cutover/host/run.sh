# shellcheck shell=sh disable=SC2154
# Starts a command of the user's, detached. Once started under a name it is never started again.
# DIR    its own directory below .cutover;  TEXT  what the user wrote
# GO     sets the environment of TEXT and goes where it runs;  SUPERVISOR  waits for it
# LIMIT  seconds;  LOG  the file that keeps the output, or empty

unstarted() {
  value unstarted 1
  fail "$1"
}

[ ! -e "$DIR/taken" ] || exit 0
# late.new comes last and says that the rest is whole: what is cut off would end well, with nothing done.
[ "$BOOT" ] || boot
enc "$BOOT"
if [ ! -e "$DIR/go" ] || [ ! -e "$DIR/late.new" ]; then
  # What the supervisor writes has its place from the start: it must not fail once the command runs.
  # The command goes on from GO in the same shell, and its lines keep their numbers.
  if ! { mkdir -p "$DIR" && true >"$DIR/out" && echo "   " >"$DIR/status.new" && echo "          " >"$DIR/supervisor.pid" &&
    printf '%4096s' '' >"$DIR/room" && printf '. ./go; %s\n' "$TEXT" >"$DIR/command" &&
    printf '%s\n%s\n' "$LEADER" "$SUPERVISOR" >"$DIR/supervisor" &&
    printf '%s\n' '{ read -r stat </proc/$$/stat; } 2>/dev/null || stat=$(ps -o lstart= -p $$ 2>/dev/null)' \
      'echo "$$ boot='"$ENC"' $stat" >pid' 'unset stat' "$GO" >"$DIR/go" &&
    true >"$DIR/late.new"; }; then
    unstarted "the command could not be written to $DIR"
  fi
  [ -z "$LOG" ] || true >>"$LOG" || unstarted "$LOG could not be written"
fi
if [ "$lc0set" ]; then LC_ALL=$lc0; else unset LC_ALL; fi
umask "$umask0"
eval "$LEADER"
leader sh "$DIR/supervisor" "$DIR" "$LIMIT" "$LOG" </dev/null >/dev/null 2>&1 8>&- 9>&- &
