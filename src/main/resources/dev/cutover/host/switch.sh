# shellcheck shell=sh disable=SC2154
# Points current at TO, in one rename. An empty TO removes it: nothing is live.
# EXPECTED  what it must be before, or empty for anything
# RUN       for the record;  STATED  a record that goes with it, or empty

read_current
case $KIND in
other) fail "$ROOT/current is not a link" ;;
live | dangling) from=$ABS ;;
*) from= ;;
esac

# recorded: whether the last switch in the journal went to TO.
recorded() {
  last=$(grep ' switched run=' "$STATE/journal" | tail -n 1)
  enc "$TO"
  case "$last " in
  *" to=$ENC "*) [ "$TO" ] ;;
  *" to="*) false ;;
  *) [ -z "$TO" ] && [ "$last" ] ;;
  esac
}

# body WORD FROM: BODY is the record of a switch.
body() {
  BODY="$1 run=$RUN"
  if [ "$2" ]; then enc "$2" && BODY="$BODY from=$ENC"; fi
  if [ "$TO" ]; then enc "$TO" && BODY="$BODY to=$ENC"; fi
}

# note FROM: records the switch.
note() {
  body switched "$1"
  if [ "$STATED" ]; then record "$BODY" "$STATED"; else record "$BODY"; fi
}

if [ "$from" = "$TO" ]; then
  # The reply was lost, or there was nothing to do: only what is not on disk yet is recorded.
  t_sync "$ROOT" || exit
  if [ "$STATED" ] || grep -q ' switched run=' "$STATE/journal"; then
    recorded || note "$EXPECTED"
  fi
  exit
fi

if [ "$EXPECTED" ] && [ "$from" != "$EXPECTED" ]; then
  fail "$ROOT/current is ${from:-absent}, not $EXPECTED: somebody else changed it"
fi
[ -z "$TO" ] || [ -d "$TO/." ] || fail "$TO is not a directory"
# Whoever finds the run cut off between the two records knows that current may have been its.
body switched "$from"
noted=$BODY
body switching "$from"
foresee "$BODY" "$noted" "$STATED"
record "$BODY"
if [ "$TO" ]; then
  # One that was killed here left its link.
  for old in "$STATE"/current.*; do
    [ ! -L "$old" ] || rm -f "$old" || exit
  done
  ln -s "$TO" "$STATE/current.$N" && t_rename "$STATE/current.$N" "$ROOT/current" || {
    rm -f "$STATE/current.$N"
    exit 1
  }
  read_current
  [ "$ABS" = "$TO" ] || [ "$(readlink "$ROOT/current")" = "$TO" ] || fail "$ROOT/current does not lead to $TO"
else
  rm -f "$ROOT/current" || exit
fi
t_sync "$ROOT" || fail "$ROOT could not be synced"
note "$from"
