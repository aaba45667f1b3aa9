# shellcheck shell=sh disable=SC2154
# Removes releases: first out of sight by a rename, then for good; links are never followed.
# IDS  one a line;  BEFORE, AFTER  what stands before and after an id in its record

[ "$IDS" ] || exit 0
read_current
real=$(cd "$ROOT/releases" && pwd -P) || exit
slow
# Where the processes work whose directories, programs and open files this user may see. Some ls
# write ? for bytes beyond ASCII: here both sides do.
plain() { tr -c '\n -~' '?'; }
real=$(printf %s "$real" | plain)
if [ -d /proc/self/fd ]; then
  # shellcheck disable=SC2012
  used=$(ls -l /proc/[0-9]*/cwd /proc/[0-9]*/exe /proc/[0-9]*/fd/ 2>/dev/null | plain | grep -F -e "-> $real/")
else
  used=$(lsof -Fn 2>/dev/null | plain | grep -F -e "n$real/" | sed 's/$/ /; s/^n/-> /')
fi
IFS=$newline
set -f
kept=
gone=
for id in $IDS; do
  case "$used$newline" in
  *"-> $real/$id$newline"* | *"-> $real/$id/"* | *"-> $real/$id "*)
    kept="$kept$id$newline"
    continue
    ;;
  esac
  for tree in "$ROOT/releases/$id" "$STATE/staging/$id" "$STATE/failed/$id"; do
    [ "$ABS" != "$tree" ] || fail "$tree is live"
    if [ -d "$tree" ] && [ ! -L "$tree" ]; then
      t_rename "$tree" "$STATE/trash-$id-$N" || exit
      rm -rf "$STATE/trash-$id-$N"
    fi
  done
  rm -rf "$STATE/manifests/$id" "$STATE/backups/$id"
  gone="$gone$BEFORE$id$AFTER$newline"
done
if [ "$kept" ]; then value in-use "${kept%"$newline"}"; fi
if [ "$gone" ]; then
  t_sync "$ROOT/releases" "$STATE" || exit
  # shellcheck disable=SC2086
  record $gone
fi
set +f
for trash in "$STATE"/trash-*; do
  if [ -d "$trash" ]; then rm -rf "$trash"; fi
done
quick
