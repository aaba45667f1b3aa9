# shellcheck shell=sh
# Waits for a command of the user's, on its own, whatever becomes of the connection.
# $1 the directory of the command;  $2 its limit in seconds;  $3 the log, or empty
# The function leader, which runs a command as leader of a session of its own, comes before.

cd "$1" || exit
# Of two supervisors one goes on: neither writes over what is there. The room is for what it and the
# command write first, should there be none left.
set -C
{ true >taken || { [ ! -e taken ] && rm -f room && true >taken; }; } 2>/dev/null || exit 0
set +C
true >room
printf '%-10s\n' "$$" 1<>supervisor.pid
leader sh "$1/command" >>out 2>&1 &
command=$!
(
  # It may outlive all the rest, and keeps no disk from being let go.
  cd /
  # Whoever ends this ends what it waits for too.
  nap=
  trap '[ -z "$nap" ] || kill "$nap"; exit' TERM
  left=$2
  while [ "$left" -gt 0 ]; do
    # Not all at once: what is ended as it begins may miss that, and stay.
    pause=5
    [ "$left" -ge "$pause" ] || pause=$left
    sleep "$pause" &
    nap=$!
    wait "$nap"
    nap=
    left=$((left - pause))
  done
  trap - TERM
  mv "$1/late.new" "$1/late"
  kill -TERM "-$command"
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.2
    kill -0 "-$command" || exit
  done
  kill -KILL "-$command"
) &
clock=$!
wait "$command"
status=$?
# Its number may soon be another group's: nothing may be left that would end it.
if [ -e late ]; then
  wait "$clock"
  status=124
else
  kill "$clock"
fi
if [ "$3" ] && [ -s out ]; then cat out >>"$3"; fi
printf '%s\n' "$status" >status || {
  # Into the room that was kept for it, should the disk be full now.
  printf '%-3s\n' "$status" 1<>status.new
  mv -f status.new status
}
