# shellcheck shell=sh disable=SC2154
# Removes releases: first out of sight by a rename, then for good; links are never followed.
# IDS  one a line;  BEFORE, AFTER  what stands before and after an id in its record
# DEPLOYER  who this is, when that is known;  MEASURED  1 when it is asked what went and how much

[ "$IDS" ] || exit 0
read_current
physical "$ROOT/releases"
real=$PHYSICAL
[ "$real" ] || fail "$ROOT/releases cannot be entered"
physical "$STATE/staging"
waiting=${PHYSICAL:-$real}
slow
# Where the processes work whose directories, programs, open and mapped files this user may see; before
# the path stands a blank. Mapped files may be open no more.
works() { ls -l /proc/[0-9]*/cwd /proc/[0-9]*/exe /proc/[0-9]*/fd/ 2>/dev/null; }
used=
unseen=0
if [ -d /proc/self/fd ]; then
  case $real$waiting in
  *[!\ -~]*)
    # Some ls write ? for bytes beyond ASCII: here both sides do.
    plain() { tr -c '\n -~' '?'; }
    real=$(printf %s "$real" | plain)
    waiting=$(printf %s "$waiting" | plain)
    used=$({
      works
      cat /proc/[0-9]*/maps 2>/dev/null
    } | plain | grep -F -e " $real/" -e " $waiting/")
    ;;
  *) used=$(works | grep -hF -e " $real/" -e " $waiting/" - /proc/[0-9]*/maps 2>/dev/null) ;;
  esac
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
  used=$(lsof -Fn 2>/dev/null | grep -F -e "n$real/" -e "n$waiting/" | sed 's/$/ /; s/^n/ /')
else
  unseen=any
fi
IFS=$newline
set -f
kept=
gone=
went=
left=
set --
for id in $IDS; do
  case "$used$newline" in
  *" $real/$id$newline"* | *" $real/$id/"* | *" $real/$id "* | *" $waiting/$id$newline"* | *" $waiting/$id/"* | *" $waiting/$id "*)
    kept="$kept$id$newline"
    continue
    ;;
  esac
  for tree in "$ROOT/releases/$id" "$STATE/staging/$id" "$STATE/failed/$id"; do
    [ "$ABS" != "$tree" ] || fail "$tree is live"
    if [ -d "$tree" ] && [ ! -L "$tree" ]; then
      # It may stand in more than one of them.
      t_rename "$tree" "$STATE/trash-$id-$N-$#" || exit
      set -- "$@" "$STATE/trash-$id-$N-$#"
    fi
  done
  set -- "$@" "$STATE/manifests/$id" "$STATE/backups/$id" "$STATE/logs/$id.log"
  gone="$gone$BEFORE$id$AFTER$newline"
  went="$went${went:+ }$id"
done
if [ "$MEASURED" ] && [ "$went" ]; then
  value gone "$went"
  value freed "$(find "$@" -type f -exec ls -lnd {} + 2>/dev/null | awk '/^-/ { sum += $5 } END { printf "%.0f", sum }')"
fi
[ $# = 0 ] || rm -rf "$@"
if [ "$kept" ]; then value in-use "${kept%"$newline"}"; fi
note=
also() { note="$note${note:+; }$1"; }
if [ "$kept" ]; then also "kept, for a process works there: $(printf %s "${kept%"$newline"}" | tr '\n' ' ')"; fi
case $unseen in
0 | any) ;;
*) [ "$DEPLOYER" ] || DEPLOYER=$(id -un) ;;
esac
case $unseen in
0) ;;
any) also "whether a process works there is not known: there is neither /proc nor lsof" ;;
others) also "processes of other users are hidden from $DEPLOYER" ;;
*) also "$DEPLOYER may not see where $unseen of the processes work" ;;
esac
if [ "$gone" ]; then
  t_sync "$ROOT/releases" "$STATE/staging" "$STATE" || exit
  # shellcheck disable=SC2086
  record $gone
fi
set +f
# What belonged to releases that are gone, whoever removed them.
for rest in "$STATE"/logs/* "$STATE"/manifests/* "$STATE"/backups/*; do
  id=${rest##*/}
  id=${id%.log}
  if [ -e "$rest" ] && [ ! -d "$ROOT/releases/$id" ] && [ ! -d "$STATE/staging/$id" ] && [ ! -d "$STATE/failed/$id" ]; then
    rm -rf "$rest" || left=$rest
  fi
done
for trash in "$STATE"/trash-*; do
  if [ -d "$trash" ]; then rm -rf "$trash" || left=$trash; fi
done
[ -z "$left" ] || also "$left could not be removed: the next prune tries again"
[ -z "$note" ] || value note "$note"
quick
