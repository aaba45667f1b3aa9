# shellcheck shell=sh disable=SC2154
# Takes a lock away from its owner.
# EXPECTED  the text it must still have

[ -z "$MISSING" ] || fail "a tool is missing:$MISSING"
mutex || fail "the lock could not be reached" 96
[ "$(readlink "$STATE/lock")" = "$EXPECTED" ] || fail "the lock has changed" 96
# A lock's own number may be ahead of a sequence that was lost.
own=${EXPECTED%%:*}
case $own in '' | *[!0-9]*) own=0 ;; esac
# The old holder may stand for long after its link fell silent: the next owner holds another file.
advance "$own" && rm -f "$STATE/lock" "$STATE/alive" && t_sync "$STATE" || fail "the lock could not be broken"
