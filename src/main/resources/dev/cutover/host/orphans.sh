# shellcheck shell=sh disable=SC2154
# Ends the commands of earlier runs, but for migrations, which the client waits for, and tells how
# each stands.

slow
for DIR in "$STATE"/runs/[0-9]*/*; do
  name=${DIR##*/}
  earlier=${DIR%/*}
  earlier=${earlier##*/}
  case $earlier/$name in "$SEQ"/* | */watchdog) continue ;; esac
  [ -d "$DIR" ] || continue
  # One that has not begun never will.
  if mkdir "$DIR/taken" 2>/dev/null; then
    value "$earlier/$name" unstarted
    continue
  fi
  # Between its begin and its number lie a few milliseconds.
  tries=0
  while [ ! -s "$DIR/pid" ] && [ ! -s "$DIR/status" ] && [ "$tries" -lt 20 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  stands=1
  if [ ! -s "$DIR/status" ]; then
    group
    stands=$?
  fi
  if [ "$stands" = 2 ]; then
    value "$earlier/$name" "unknown $GROUP"
    continue
  fi
  if [ "$stands" = 0 ]; then
    case $name in
    migration-*-up@* | migration-*-down@* | migration-*-restore@*)
      value "$earlier/$name" running
      continue
      ;;
    esac
    kill -TERM "-$GROUP" 2>/dev/null
    tries=0
    # As long as one of it is there, its number is no other's.
    while kill -0 "-$GROUP" 2>/dev/null && [ "$tries" -lt 20 ]; do
      sleep 0.1
      tries=$((tries + 1))
    done
    kill -KILL "-$GROUP" 2>/dev/null
  fi
  tries=0
  while [ ! -s "$DIR/status" ] && [ "$tries" -lt 5 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  status=
  [ ! -s "$DIR/status" ] || read -r status <"$DIR/status"
  # A power cut may have left the name and not the number.
  case $status in
  '' | *[!0-9]*) value "$earlier/$name" gone ;;
  *) value "$earlier/$name" "ended $status" ;;
  esac
done
quick
