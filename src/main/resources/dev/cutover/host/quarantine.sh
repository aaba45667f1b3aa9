# shellcheck shell=sh disable=SC2154
# Moves a release that is not fit to serve into failed/, and keeps the two newest there.
# ID   STATED  the record;  DISCARD  1 when it failed for want of room

if no_room; then DISCARD=1; fi
read_current
for tree in "$STATE/staging/$ID" "$ROOT/releases/$ID"; do
  [ -d "$tree" ] || continue
  [ "$ABS" != "$tree" ] || fail "$tree is live"
  if [ -e "$STATE/failed/$ID" ]; then t_rename "$STATE/failed/$ID" "$STATE/trash-$ID-$N" || exit; fi
  t_rename "$tree" "$STATE/failed/$ID" || exit
done
rm -rf "$STATE/staging/$ID".* "$STATE/manifests/$ID.new" || exit
# Also what a try that was cut off had moved.
t_sync "$STATE/failed" "$ROOT/releases" "$STATE/staging" || exit
record "$STATED"

slow
left=
# What took the last of the room is not worth being looked at.
if [ "$DISCARD" ]; then rm -rf "$STATE/failed/$ID" "$STATE/manifests/$ID" "$STATE/backups/$ID" || left=$STATE/failed/$ID; fi
set -- "$STATE"/failed/*
while [ $# -gt 2 ]; do
  rm -rf "$1" "$STATE/backups/${1##*/}" || left=$1
  shift
done
for trash in "$STATE"/trash-*; do
  if [ -d "$trash" ]; then rm -rf "$trash" || left=$trash; fi
done
[ -z "$left" ] || value note "$left could not be removed: the next run tries again"
quick
