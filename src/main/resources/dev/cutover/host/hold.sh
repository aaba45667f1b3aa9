# shellcheck shell=sh disable=SC2154
# Holds alive, and beats it at each line of stdin, until stdin ends or the lock is another's.

mine() { [ "$(readlink "$STATE/lock")" = "$TOKEN" ]; }

# Whoever has lost the lock must not stand in for its new owner, not even for a moment.
mine || exit 97
# What cannot be opened ends a shell whose exec it was opened for, and says nothing.
true >>"$STATE/alive" || exit 1
exec 8<>"$STATE/alive"
t_hold || fail "$STATE/alive could not be locked"
mine || exit 97
say ready
while read -r _; do
  mine || exit 1
  echo >"$STATE/alive"
done
