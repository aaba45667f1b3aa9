# shellcheck shell=sh disable=SC2015,SC2154
# Records the decision: the release is live, healthy and stays.
# RUN   TO  what current must be   COMMITTED, STATED  the records

read_current
[ "$KIND" = live ] && [ "$ABS" = "$TO" ] || fail "$ROOT/current is ${ABS:-absent}, not $TO: somebody else changed it"
if grep -q " watchdog run=$RUN" "$STATE/journal"; then
  fail "the watchdog of this host put back what was live before"
fi
record "$COMMITTED" "$STATED"
