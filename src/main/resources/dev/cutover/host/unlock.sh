# shellcheck shell=sh disable=SC2154
# Gives the lock back, and forgets the commands of the run, whose results are in the journal, and
# of runs before it that did not come so far; with what they left half uploaded or half removed.

set --
for left in "$STATE"/runs/[0-9]* "$STATE"/staging/*.up-* "$STATE"/trash-* "$STATE"/current.*; do
  if [ -e "$left" ] || [ -L "$left" ]; then set -- "$@" "$left"; fi
done
for large in "$STATE"/trash-* "$STATE"/staging/*.up-*/*/; do
  if [ -d "$large" ]; then slow; fi
done
# The lock goes last, and whatever becomes of the rest. The holder may stand for long after a client that
# fell silent here: the next owner holds another file.
rm -rf "$@" "$STATE/alive" "$STATE/lock"
quick
[ ! -L "$STATE/lock" ] && t_sync "$STATE"
