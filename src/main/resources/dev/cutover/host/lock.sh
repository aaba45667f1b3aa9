# shellcheck shell=sh disable=SC2154
# Asks for the lock once and reads the facts, under it when it is granted.
# RUN     the run;  OWNER, GOAL  for the token
# BEGUN   the record of the run's start, without its from

refuse() {
  op_facts
  say "refused $1"
  exit 0
}

# The highest number in the journal, for a sequence that cannot be read.
highest() {
  [ ! -s "$STATE/journal" ] || awk '$4 ~ /^[0-9]+$/ && $4 > m { m = $4 } END { print m + 0 }' "$STATE/journal"
}

read_current
[ -z "$MISSING" ] || refuse tools
[ "$KIND" != other ] || refuse current

if [ ! -e "$STATE/mutex" ]; then
  (
    umask 022
    mkdir -p "$ROOT" && mkdir -p "$ROOT/releases" "$ROOT/shared"
  ) || refuse writable
  mkdir -p "$STATE" && mkdir -p "$STATE/staging" "$STATE/failed" "$STATE/logs" "$STATE/backups" "$STATE/manifests" "$STATE/runs" &&
    chmod 700 "$STATE" && t_sync "$ROOT" && : >>"$STATE/mutex" || refuse writable
fi
[ -w "$STATE/mutex" ] || refuse writable

# A lock that stands is never waited for here: the client waits.
mine() {
  case $held in
  *:"$RUN":*:*:*) case ${held%%:*} in *[!0-9]*) return 1 ;; esac ;;
  *) return 1 ;;
  esac
}
held=$(readlink "$STATE/lock")
if [ -z "$held" ] || mine; then
  mutex || refuse busy
  held=$(readlink "$STATE/lock")
fi

if [ -z "$held" ]; then
  seq=
  [ ! -s "$STATE/seq" ] || read -r seq <"$STATE/seq"
  case $seq in '' | *[!0-9]*) seq=$(highest) ;; esac
  SEQ=$((${seq:-0} + 1))
  TOKEN=$SEQ:$RUN:$OWNER:$GOAL:$NOW
  if ! { echo "$SEQ" >"$STATE/seq.new" && t_sync "$STATE/seq.new"; }; then
    rm -f "$STATE/reserve"
    echo "$SEQ" >"$STATE/seq.new" && t_sync "$STATE/seq.new" || refuse writable
  fi
  t_rename "$STATE/seq.new" "$STATE/seq" && t_link "$TOKEN" "$STATE/lock" || refuse writable
  held=$TOKEN
  fresh=1
fi

if mine; then
  TOKEN=$held
  SEQ=${held%%:*}
  echo >"$STATE/alive"
  [ -s "$STATE/reserve" ] || dd if=/dev/zero of="$STATE/reserve" bs=65536 count=4 2>/dev/null || rm -f "$STATE/reserve"
  if [ "$fresh" ] || ! grep -q "^[0-9]* [0-9a-f]* [0-9]* $SEQ run-started run=$RUN " "$STATE/journal"; then
    if [ "$KIND" = live ]; then
      enc "$ABS"
      BEGUN="$BEGUN from=$ENC"
    fi
    (record "$BEGUN" && t_sync "$STATE") || {
      rm -f "$STATE/lock"
      refuse journal
    }
  fi
  enc "$TOKEN"
  say "granted $ENC"
fi
op_facts
