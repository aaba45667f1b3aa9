# shellcheck shell=sh disable=SC2154
# Asks for the lock once and reads the facts, under it when it is granted.
# RUN     the run;  OWNER, GOAL  for the token;  TARGET  by which name it knows this root
# BEGUN   the record of the run's start, without its from

refuse() {
  op_facts
  say "refused $1"
  exit 0
}

ASKING=1
now
read_current
# A lock, and the first record below it, would say that they are of 1970.
[ "$NOW" != 0 ] || refuse clock
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

# Behind the start of the machine stands by which name the run that holds the lock knows this root: it
# may know the same directory by two.
known=
if [ -z "$fresh" ] && mine && [ -s "$STATE/boot" ]; then
  { read -r _ && read -r known; } <"$STATE/boot"
fi
case $known in
"$RUN $TARGET") ;;
"$RUN "*)
  release
  op_facts
  enc "${known#* }"
  say "twin $ENC"
  exit 0
  ;;
esac

# Nothing goes on that ran when the machine went down, and what ran then may not say so itself: by now its
# number may be another's.
ended() {
  booted=
  [ ! -s "$STATE/boot" ] || read -r booted <"$STATE/boot"
  [ "$booted" ] && [ "$booted" != "$BOOT" ] || return 0
  for number in "$STATE"/runs/[0-9]*/*/pid; do
    [ ! -e "$number" ] || echo ended >"$number"
  done
}

# remember: writes down which start of the machine this is, and by which name it was asked for.
remember() { printf '%s\n' "$BOOT" "$RUN $TARGET" >"$STATE/boot"; }

if mine; then
  TOKEN=$held
  SEQ=${held%%:*}
  echo >"$STATE/alive"
  boot
  ended
  remember || {
    rm -f "$STATE/reserve"
    remember
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
