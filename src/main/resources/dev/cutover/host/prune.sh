# shellcheck shell=sh disable=SC2154
# Removes releases: first out of sight by a rename, then for good; links are never followed.
# IDS  one a line;  BEFORE, AFTER  what stands before and after an id in its record

[ "$IDS" ] || exit 0
read_current
real=$(cd "$ROOT/releases" && pwd -P) || exit
slow
# Where the processes work whose directories, programs, open and mapped files this user may see. Some
# ls write ? for bytes beyond ASCII: here both sides do.
plain() { tr -c '\n -~' '?'; }
real=$(printf %s "$real" | plain)
unseen=0
if [ -d /proc/self/fd ]; then
  # shellcheck disable=SC2012
  used=$({
    ls -l /proc/[0-9]*/cwd /proc/[0-9]*/exe /proc/[0-9]*/fd/
    # Mapped files may be open no more.
    cat /proc/[0-9]*/maps | sed 's,^[^/]*,-> ,'
  } 2>/dev/null | plain | grep -F -e "-> $real/")
  for process in /proc/[0-9]*; do
    if [ -e "$process/cwd" ]; then continue; fi
    # Threads of the kernel have no command line, and who has just ended has none any more.
    command=hidden
    if [ -r "$process/cmdline" ]; then
      command=
      read -r command 2>/dev/null <"$process/cmdline"
    fi
    if [ "$command" ] && [ -d "$process" ]; then unseen=$((unseen + 1)); fi
  done
  if [ ! -d /proc/1 ]; then unseen=others; fi
elif command -v lsof >/dev/null; then
  used=$(lsof -Fn 2>/dev/null | plain | grep -F -e "n$real/" | sed 's/$/ /; s/^n/-> /')
else
  used=
  unseen=any
fi
IFS=$newline
set -f
kept=
gone=
left=
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
note=
also() { note="$note${note:+; }$1"; }
if [ "$kept" ]; then also "kept, for a process works there: $(printf %s "${kept%"$newline"}" | tr '\n' ' ')"; fi
case $unseen in
0) ;;
any) also "whether a process works there is not known: there is neither /proc nor lsof" ;;
others) also "processes of other users are hidden from $(id -un)" ;;
*) also "$(id -un) may not see where $unseen of the processes work" ;;
esac
if [ "$gone" ]; then
  t_sync "$ROOT/releases" "$STATE" || exit
  # shellcheck disable=SC2086
  record $gone
fi
set +f
# What belonged to releases that are gone, whoever removed them.
for rest in "$STATE"/logs/* "$STATE"/manifests/* "$STATE"/backups/*; do
  id=${rest##*/}
  id=${id%.log}
  if [ ! -d "$ROOT/releases/$id" ] && [ ! -d "$STATE/staging/$id" ] && [ ! -d "$STATE/failed/$id" ]; then
    rm -rf "$rest" || left=$rest
  fi
done
for trash in "$STATE"/trash-*; do
  if [ -d "$trash" ]; then rm -rf "$trash" || left=$trash; fi
done
[ -z "$left" ] || also "$left could not be removed: the next prune tries again"
[ -z "$note" ] || value note "$note"
quick
