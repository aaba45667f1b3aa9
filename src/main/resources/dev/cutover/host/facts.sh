# shellcheck shell=sh disable=SC2154
# Reads the host: one line a fact.
# FILES  the shared files that must exist, one a line

now
enc "$ROOT"
say "root $ENC"
enc "$(id -un)"
say "user $ENC"
enc "$DATED"
say "clock $ENC"
say "tools $TOOLS"
for tool in $MISSING; do say "missing $tool"; done

read_current
enc "$ABS"
say "current $KIND $ENC"

# The nearest directory that exists tells of a root that does not yet.
near=$ROOT
while [ ! -d "$near" ] && [ "$near" ]; do near=${near%/*}; done
near=${near:-/}
# Which directory this is, by whatever name it was reached. Who asks for the lock is told by that.
[ "$BOOT" ] || boot
file=
[ "$ASKING" ] || file=$(t_file "$near")
if [ "$file" ]; then
  enc "$file${ROOT#"$near"}"
  file=$ENC
fi
physical "$near"
enc "${PHYSICAL:-$near}${ROOT#"$near"}"
place=$ENC
enc "$BOOT"
say "place ${ENC:--} ${file:--} $place"

for dir in "$ROOT"/releases/*; do
  if [ -d "$dir" ] && [ ! -L "$dir" ]; then
    enc "${dir##*/}"
    say "release $ENC"
    # What other tools put into a release that must not be chosen.
    for mark in DEPLOY_UNFINISHED BAD_RELEASE DIRTY_RELEASE; do
      if [ -e "$dir/$mark" ]; then say "marked $ENC $mark"; fi
    done
  fi
done
for dir in "$STATE"/staging/*; do
  case $dir in *.up-*) continue ;; esac
  if [ -d "$dir" ]; then
    enc "${dir##*/}"
    say "staged $ENC"
  fi
done
if [ -L "$ROOT/releases/current" ]; then say "leftover"; fi
if [ -s "$ROOT/revisions.log" ]; then
  # The last 200.
  say "revisions $(awk '
    function tell(line, sign, text) {
      at = index(line, text)
      if (!at) return
      split(substr(line, at + length(text)), word, " ")
      if (word[1] ~ /^[A-Za-z0-9_][A-Za-z0-9._+@:-]*$/) printf "%s%s ", sign, word[1]
    }
    { last[NR % 200] = $0 }
    END {
      for (i = NR > 200 ? NR - 199 : 1; i <= NR; i++) {
        tell(last[i % 200], "+", " deployed as release ")
        tell(last[i % 200], "-", " rolled back to release ")
      }
    }' "$ROOT/revisions.log")"
fi
for file in .dep/deploy.lock deploy.lock; do
  if [ -e "$ROOT/$file" ] || [ -L "$ROOT/$file" ]; then
    enc "$ROOT/$file"
    say "foreign $ENC"
    break
  fi
done

if [ -L "$STATE/lock" ]; then
  # Whoever has just got it has no need to ask whose it is, nor whether its holder stands.
  enc "${GRANTED:-"$(readlink "$STATE/lock")"}"
  say "lock $ENC"
  if [ -z "$GRANTED$MISSING" ] && [ -r "$STATE/alive" ]; then
    t_free "$STATE/alive" || say "alive"
    # Whatever that is: a tool need not tell a time.
    enc "$(t_mtime "$STATE/alive")"
    say "beat $ENC"
  fi
fi

if [ -w "$near" ]; then say "writable"; fi
set -- "$near"
if [ -d "$STATE" ]; then set -- "$@" "$STATE"; fi
if [ -d "$ROOT/releases" ]; then set -- "$@" "$ROOT/releases"; fi
table=$(
  df -Pk "$@" 2>/dev/null
  df -Pi "$near" 2>/dev/null
)
set -f
IFS=$newline
part=0
free=
where=
inodes=-
apart=same
for row in $table; do
  IFS=' '
  # shellcheck disable=SC2086
  set -- $row
  IFS=$newline
  case $part:$1 in
  *:Filesystem)
    part=$((part + 1))
    # What is free stands fourth, but where blocks are told before inodes.
    column=3
    i=0
    for word; do
      case $word in [Ii][Ff]ree) column=$i ;; esac
      i=$((i + 1))
    done
    ;;
  1:*)
    free=${free:-$4}
    # The device and where it is mounted, without the figures between, which change.
    place="$1 ${row#*%}"
    [ "${where:-$place}" = "$place" ] || apart=apart
    where=$place
    ;;
  2:*)
    total=$2
    [ $# -gt "$column" ] || continue
    shift "$column"
    # Some file systems make inodes as they need them.
    case $total:$1 in *[!0-9:]* | :* | 0:* | *:) ;; *) inodes=$1 ;; esac
    ;;
  esac
done
case $free in '' | *[!0-9]*) free=- ;; esac
say "disk $free $inodes $apart"

for file in $FILES; do
  if [ ! -e "$ROOT/shared/$file" ]; then
    enc "$file"
    say "missing-shared $ENC"
  fi
done

# The journal's own lines, between two marks: the nonce cannot stand in it.
if [ -r "$STATE/journal" ]; then
  say "journal"
  cat "$STATE/journal"
  echo
  say "journal-end"
fi
