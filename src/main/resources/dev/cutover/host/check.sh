# shellcheck shell=sh disable=SC2154
# Runs a health command: like run and follow, without the lock.

if [ -d "$STATE/runs" ] && [ -w "$STATE/runs" ]; then
  DIR=$STATE/runs/check-$N
else
  DIR=$(mktemp -d) || fail "no place for the command's output"
fi
(op_run) && (follow)
status=$?
rm -rf "$DIR"
exit "$status"
