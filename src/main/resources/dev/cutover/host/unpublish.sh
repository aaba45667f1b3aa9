# shellcheck shell=sh disable=SC2154
# Moves a sealed release back into staging/.
# ID   STATED  the record;  FAILED  the one of a release that was on its way into quarantine

tree=$ROOT/releases/$ID
read_current
[ "$ABS" != "$tree" ] || fail "$tree is live"
if [ -d "$tree" ]; then
  [ -f "$STATE/manifests/$ID" ] || fail "$ID was not sealed"
  [ ! -e "$STATE/staging/$ID" ] || fail "$STATE/staging/$ID is already there"
  t_rename "$tree" "$STATE/staging/$ID" || exit
  t_sync "$STATE/staging" "$ROOT/releases" || exit
fi
if [ ! -d "$STATE/staging/$ID" ] && [ -d "$STATE/failed/$ID" ]; then
  t_sync "$STATE/failed" "$STATE/staging" "$ROOT/releases" || exit
  record "$FAILED"
  exit
fi
[ -d "$STATE/staging/$ID" ] || fail "$ID is neither in $ROOT/releases nor in $STATE/staging"
record "$STATED"
