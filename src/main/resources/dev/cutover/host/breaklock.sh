# shellcheck shell=sh disable=SC2154
# Takes a lock away from its owner.
# EXPECTED  the text it must still have

[ -z "$MISSING" ] || fail "a tool is missing:$MISSING"
mutex || fail "the lock could not be reached" 96
[ "$(readlink "$STATE/lock")" = "$EXPECTED" ] || fail "the lock has changed" 96
seq=0
[ ! -s "$STATE/seq" ] || read -r seq <"$STATE/seq"
# A lock's own number may be ahead of a sequence that was lost.
case $seq in '' | *[!0-9]*) seq=0 ;; esac
own=${EXPECTED%%:*}
case $own in '' | *[!0-9]*) own=0 ;; esac
[ "$own" -le "$seq" ] || seq=$own
echo "$((seq + 1))" >"$STATE/seq.new" || {
  rm -f "$STATE/reserve"
  echo "$((seq + 1))" >"$STATE/seq.new"
} || fail "the sequence could not be advanced"
t_sync "$STATE/seq.new" && t_rename "$STATE/seq.new" "$STATE/seq" && rm -f "$STATE/lock" && t_sync "$STATE"
