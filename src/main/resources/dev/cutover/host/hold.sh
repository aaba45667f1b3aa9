# shellcheck shell=sh disable=SC2154
# Holds alive, and beats it at each line of stdin, until stdin ends or the lock is another's.

mine() { [ "$(readlink "$STATE/lock")" = "$TOKEN" ]; }

fenced() {
  say fenced
  exit 97
}

# Whoever has lost the lock must not stand in for its new owner, not even for a moment.
mine || fenced
# What cannot be opened ends a shell whose exec it was opened for, and says nothing.
true >>"$STATE/alive" || exit 1
exec 8<>"$STATE/alive"
t_hold || fail "$STATE/alive could not be locked"
mine || fenced
say ready
while read -r _; do
  mine || exit 1
  echo >"$STATE/alive"
done
