# shellcheck shell=sh disable=SC2154
# Holds alive, and beats it at each line of stdin, until stdin ends or the lock is another's.

exec 8<>"$STATE/alive"
t_hold || exit 1
say ready
while read -r _; do
  [ "$(readlink "$STATE/lock")" = "$TOKEN" ] || exit 1
  echo >"$STATE/alive"
done
