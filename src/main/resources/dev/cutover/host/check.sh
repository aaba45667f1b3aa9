# shellcheck shell=sh disable=SC2154
# Runs a health command: like run and follow, without the lock.

# Looking must go well on a full disk too.
DIR=$STATE/runs/check-$N
if ! { [ -d "$STATE/runs" ] && [ -w "$STATE/runs" ] && (op_run) >/dev/null; }; then
  rm -rf "$DIR"
  DIR=$(mktemp -d) || fail "no place for the command's output"
  (op_run) || exit
fi
(follow)
status=$?
rm -rf "$DIR"
exit "$status"
