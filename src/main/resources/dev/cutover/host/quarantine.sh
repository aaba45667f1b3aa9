# shellcheck shell=sh disable=SC2154
# Moves a release that is not fit to serve into failed/, and keeps the two newest there.
# ID   STATED  the record

read_current
moved=
for tree in "$STATE/staging/$ID" "$ROOT/releases/$ID"; do
  [ -d "$tree" ] || continue
  [ "$ABS" != "$tree" ] || fail "$tree is live"
  if [ -e "$STATE/failed/$ID" ]; then t_rename "$STATE/failed/$ID" "$STATE/trash-$ID-$N" || exit; fi
  t_rename "$tree" "$STATE/failed/$ID" || exit
  moved=1
done
rm -f "$STATE/staging/$ID".* "$STATE/manifests/$ID.new" || exit
if [ "$moved" ]; then t_sync "$STATE/failed" "$ROOT/releases" "$STATE/staging" || exit; fi
record "$STATED"

slow
set -- "$STATE"/failed/*
while [ $# -gt 2 ]; do
  rm -rf "$1"
  shift
done
for trash in "$STATE"/trash-*; do
  if [ -d "$trash" ]; then rm -rf "$trash"; fi
done
quick
