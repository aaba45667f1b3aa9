# shellcheck shell=sh disable=SC2154
# Runs a health command and tells what it wrote, without the lock. Its shell waits for it itself: a
# command that changes nothing need not outlive the connection, and goes without a supervisor.
# TEXT, GO, LIMIT  as in run

place=
check=$STATE/runs/check-$N
written() { true >"$check.out" && printf '%s\n' "$TEXT" >"$check.command"; }
# Looking must go well on a full disk too.
if ! { [ -d "$STATE/runs" ] && [ -w "$STATE/runs" ] && written; }; then
  rm -f "$check.out" "$check.command"
  place=$(mktemp -d) || fail "no place for the command's output"
  check=$place/check
  written || exit
fi
(
  if [ "$lc0set" ]; then LC_ALL=$lc0; else unset LC_ALL; fi
  umask "$umask0"
  eval "$LEADER"
  # What the environment sets may have the name of what is used here.
  set -- "$check.command"
  eval "$GO"
  leader sh "$1"
) </dev/null >"$check.out" 2>&1 &
command=$!
(
  cd /
  # Goes on when nobody listens any more, and lets go of the connection then. Whoever ends this ends
  # what it waits for too.
  trap '' HUP PIPE
  nap=
  trap '[ -z "$nap" ] || kill "$nap"; exit' TERM
  left=$LIMIT
  while [ "$left" -gt 0 ]; do
    pause=4
    [ "$left" -ge "$pause" ] || pause=$left
    sleep "$pause" >/dev/null 2>&1 &
    nap=$!
    wait "$nap"
    nap=
    left=$((left - pause))
    kill -0 "$$" 2>/dev/null || exec >/dev/null
    say beat
  done
  trap - TERM
  # It is told by what can be done on a full disk too.
  rm -f "$check.command"
  kill -TERM "-$command"
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.2
    kill -0 "-$command" || exit
  done
  kill -KILL "-$command"
) 2>/dev/null &
clock=$!
wait "$command" 2>/dev/null
status=$?
# Its number may soon be another group's: nothing may be left that would end it.
if [ -e "$check.command" ]; then
  kill "$clock"
else
  wait "$clock"
  status=124
  value ended deadline
fi
while IFS= read -r line; do
  printf '%s > %s\n' "$N" "$line"
done <"$check.out"
[ -z "$line" ] || printf '%s > %s\n' "$N" "$line"
rm -rf "$check.out" "$check.command" ${place:+"$place"}
say "exit $status"
exit "$status"
