# shellcheck shell=sh disable=SC2154
# Reads the host: one line a fact.
# FILES  the shared files that must exist, one a line

now
enc "$ROOT"
say "root $ENC"
enc "$(id -un)"
say "user $ENC"
say "clock $NOW"
say "tools $TOOLS"
for tool in $MISSING; do say "missing $tool"; done

read_current
enc "$ABS"
say "current $KIND $ENC"

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
  say "revisions $(tail -n 200 "$ROOT/revisions.log" | awk '
    function tell(sign, text) {
      at = index($0, text)
      if (!at) return
      split(substr($0, at + length(text)), word, " ")
      if (word[1] ~ /^[A-Za-z0-9_][A-Za-z0-9._+@:-]*$/) printf "%s%s ", sign, word[1]
    }
    { tell("+", " deployed as release "); tell("-", " rolled back to release ") }')"
fi
for file in .dep/deploy.lock deploy.lock; do
  if [ -e "$ROOT/$file" ] || [ -L "$ROOT/$file" ]; then
    enc "$ROOT/$file"
    say "foreign $ENC"
    break
  fi
done

if [ -L "$STATE/lock" ]; then
  enc "$(readlink "$STATE/lock")"
  say "lock $ENC"
  if [ -z "$MISSING" ] && [ -r "$STATE/alive" ]; then
    t_free "$STATE/alive" || say "alive"
    say "beat $((NOW - $(t_mtime "$STATE/alive")))"
  fi
fi

# The nearest directory that exists tells of a root that does not yet.
near=$ROOT
while [ ! -d "$near" ] && [ "$near" ]; do near=${near%/*}; done
near=${near:-/}
if [ -w "$near" ]; then say "writable"; fi
set -- "$near"
if [ -d "$STATE" ]; then set -- "$@" "$STATE"; fi
if [ -d "$ROOT/releases" ]; then set -- "$@" "$ROOT/releases"; fi
{
  df -Pk "$@"
  df -Pi "$near"
} 2>/dev/null | awk -v n="$N" '
  /^Filesystem/ { part++; column = 4; for (i = 1; i <= NF; i++) if (tolower($i) == "ifree") column = i; next }
  part == 1 {
    if (!rows++) free = $4
    where = $1 $0; sub(/^[^%]*%/, "", where); where = $1 where
    if (rows > 1 && where != first) apart = 1
    first = where
  }
  part == 2 { inodes = $2 > 0 ? $column : "-" }
  END { print n " disk " free + 0 " " (inodes == "" ? "-" : inodes) " " (apart ? "apart" : "same") }'

IFS=$newline
set -f
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
