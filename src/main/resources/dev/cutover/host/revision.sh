# shellcheck shell=sh disable=SC2154
# Appends to revisions.log, as Capistrano does, and after a rollback makes it see the same order.
# LINE
# LIVE, LEFT   of a rollback: where it went and what it left; empty otherwise

umask 022
log=$ROOT/revisions.log
if [ ! -s "$log" ] || [ "$(tail -n 1 "$log")" != "$LINE" ]; then
  printf '%s\n' "$LINE" >>"$log" || exit
fi
# Capistrano rolls back to the release whose root is the second newest.
if [ "$LEFT" ] && [ -d "$ROOT/releases/$LEFT" ]; then
  touch -t 200001010000 "$ROOT/releases/$LEFT" 2>/dev/null
fi
if [ "$LIVE" ] && [ -d "$ROOT/releases/$LIVE" ]; then
  touch "$ROOT/releases/$LIVE" 2>/dev/null
fi
:
