# shellcheck shell=sh disable=SC2154
# Asks for the lock once and reads the facts, under it when it is granted.
# RUN     the run;  OWNER, GOAL  for the token
# BEGUN   the record of the run's start, without its from

refuse() {
  op_facts
  say "refused $1"
  exit 0
}

now
read_current
[ -z "$MISSING" ] || refuse tools
[ "$KIND" != other ] || refuse current

# above DIR: DIR is what it is in.
above() {
  DIR=${1%/*}
  DIR=${DIR:-/}
}

if [ ! -e "$STATE/mutex" ]; then
  DIR=$ROOT
  while [ ! -d "$DIR" ]; do
    if [ -e "$DIR" ] || [ -L "$DIR" ]; then refuse path; fi
    above "$DIR"
  done
  [ "$DIR" != "$ROOT" ] || above "$DIR"
  top=$DIR
  (
    umask 022
    mkdir -p "$ROOT" && mkdir -p "$ROOT/releases" "$ROOT/shared"
  ) || refuse writable
  # The root, and what was made for it, are on disk before anything in it counts.
  DIR=$ROOT
  until [ "$DIR" = "$top" ]; do
    above "$DIR"
    [ ! -r "$DIR" ] || t_sync "$DIR" || refuse writable
  done
  mkdir -p "$STATE" && mkdir -p "$STATE/staging" "$STATE/failed" "$STATE/logs" "$STATE/backups" "$STATE/manifests" "$STATE/runs" &&
    chmod 700 "$STATE" && t_sync "$ROOT" && true >>"$STATE/mutex" || refuse writable
fi
true >>"$STATE/mutex" || refuse writable

# A lock that stands is never waited for here: the client waits.
mine() {
  case $held in
  *:"$RUN":*:*:*) case ${held%%:*} in *[!0-9]*) return 1 ;; esac ;;
  *) return 1 ;;
  esac
}
look() {
  held=
  [ ! -L "$STATE/lock" ] || held=$(readlink "$STATE/lock")
}
look
if [ -z "$held" ] || mine; then
  mutex || refuse busy
  look
fi

if [ -z "$held" ]; then
  advance 0 || refuse writable
  TOKEN=$SEQ:$RUN:$OWNER:$GOAL:$NOW
  t_link "$TOKEN" "$STATE/lock" || refuse writable
  held=$TOKEN
  fresh=1
fi

if mine; then
  TOKEN=$held
  SEQ=${held%%:*}
  echo >"$STATE/alive"
  boot
  echo "$BOOT" >"$STATE/boot" || {
    rm -f "$STATE/reserve"
    echo "$BOOT" >"$STATE/boot"
  } || refuse writable
  set_aside
  if [ "$fresh" ] || ! grep -q "^[0-9]* [0-9a-f]* [0-9]* $SEQ run-started run=$RUN " "$STATE/journal"; then
    if [ "$KIND" = live ]; then
      enc "$ABS"
      BEGUN="$BEGUN from=$ENC"
    fi
    (write_down "$BEGUN" && t_sync "$STATE/journal" "$STATE") || {
      rm -f "$STATE/lock"
      refuse journal
    }
  fi
  GRANTED=$TOKEN
  enc "$TOKEN"
  say "granted $ENC"
fi
op_facts
