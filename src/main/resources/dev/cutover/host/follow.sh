# shellcheck shell=sh disable=SC2154
# Tells what a command that was started writes, until it has ended; its status is the command's.
# A child of the command that goes on, even one that keeps its stdout open, is not waited for.
# DIR   LIMIT  seconds after which its supervisor has ended it, if that still stands

# lost WHY: nobody knows, nor will, how it ended. A word of its own tells that, for a command may end
# with any status.
lost() {
  value ended lost
  fail "$1" 70
}

ended=
partial=
polls=0
exec 7<"$DIR/out"
while :; do
  # Looked at before the output is read, so that none is missed.
  if [ -s "$DIR/status" ]; then ended=1; fi
  while IFS= read -r line <&7; do
    printf '%s > %s\n' "$N" "$partial$line"
    partial=
  done
  partial=$partial$line
  [ -z "$ended" ] || break
  # Each pause is a program: the first ones are as long as a small command takes, so that few are needed.
  if [ "$polls" -lt 3 ]; then pause=0.03; elif [ "$polls" -lt 20 ]; then pause=0.05; else pause=0.1; fi
  polls=$((polls + 1))
  if [ $((polls % 20)) = 0 ]; then
    say beat
    [ "$polls" -lt $((LIMIT * 10 + 600)) ] || {
      value ended deadline
      fail "the command goes on, and nothing is left that would end it" 124
    }
    supervisor=
    [ ! -e "$DIR/supervisor.pid" ] || read -r supervisor <"$DIR/supervisor.pid"
    if [ -z "$supervisor" ]; then
      [ "$polls" -lt 120 ] || lost "the command could not be started"
    elif ! kill -0 "$supervisor" 2>/dev/null; then
      sleep 0.2
      if [ ! -s "$DIR/status" ] && ! group; then
        lost "the command was cut off; whether it came to its end is not known"
      fi
    fi
  fi
  sleep "$pause"
done
[ -z "$partial" ] || printf '%s > %s\n' "$N" "$partial"
read -r status <"$DIR/status"
# Its own status may be the one that its supervisor writes then.
[ ! -e "$DIR/late" ] || value ended deadline
say "exit $status"
exit "$status"
