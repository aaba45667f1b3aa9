# shellcheck shell=sh disable=SC2154
# Moves a sealed release into releases/.
# ID

tree=$STATE/staging/$ID
# A leftover of Capistrano would make its next deploy link inside of it.
if [ -L "$ROOT/releases/current" ]; then
  rm -f "$ROOT/releases/current" || exit
  value note "removed $ROOT/releases/current, a leftover of another tool"
fi
if [ -d "$tree" ]; then
  [ -f "$STATE/manifests/$ID" ] || fail "$ID was not sealed"
  [ ! -e "$ROOT/releases/$ID" ] || fail "$ROOT/releases/$ID is already there"
  # Tools that choose by mtime shall choose this one.
  touch "$tree" && t_rename "$tree" "$ROOT/releases/$ID" || exit
fi
[ -d "$ROOT/releases/$ID" ] || fail "$ID is neither in $STATE/staging nor in $ROOT/releases"
t_sync "$ROOT/releases/$ID" "$ROOT/releases" "$STATE/staging"
