# shellcheck shell=sh
# Waits for a command of the user's, on its own, whatever becomes of the connection.
# $1 the directory of the command;  $2 its limit in seconds;  $3 the log, or empty
# The function leader, which runs a command as leader of a session of its own, comes before.

cd "$1" || exit
# Of two supervisors one goes on.
rm -f room
mkdir taken 2>/dev/null || exit 0
printf '%-10s\n' "$$" 1<>supervisor.pid
leader sh ./go >>out 2>&1 &
command=$!
(
  passed=0
  while [ "$passed" -lt "$2" ]; do
    sleep 1
    passed=$((passed + 1))
  done
  mv late.new late
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
[ -z "$3" ] || cat out >>"$3"
# Into the room that was kept for it, should the disk be full now.
printf '%-3s\n' "$status" 1<>status.new
mv -f status.new status
