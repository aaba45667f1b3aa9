# shellcheck shell=sh disable=SC2154
# The watchdog: puts back what was live before when its run does not say in time that all is well.
# It is told nothing: it looks at the lock, whose token is its run's for as long as that goes on.
# DIR   RUN   TO  the release   FROM  what was live before, or empty
# GRACE  seconds from the switch
# TEXT, GO, SUPERVISOR, LIMIT, LOG  the restart; TEXT is empty when there is none

cd /
standing() { [ "$(readlink "$STATE/lock")" = "$TOKEN" ]; }

# A run that takes itself back gets the same time once more.
phase=before
passed=0
while :; do
  standing && [ -d "$DIR" ] || exit 0
  [ -e "$DIR/armed" ] || [ "$passed" -lt 5 ] || exit 0
  read_current
  case $phase in
  before)
    if [ "$ABS" = "$TO" ]; then
      phase=switched
      # The switch may be a second old.
      passed=1
    elif [ "$passed" -ge 600 ]; then
      exit 0
    fi
    ;;
  switched)
    if [ "$ABS" != "$TO" ]; then
      phase=back
      passed=0
    fi
    ;;
  esac
  # The last second is for putting back. A script that is at work is waited for as long as all this holds.
  if [ "$phase" != before ] && [ "$passed" -ge $((GRACE - 1)) ] && mutex; then break; fi
  sleep 1
  passed=$((passed + 1))
done

NOW=
now
standing || exit 0
if grep -q " committed run=$RUN" "$STATE/journal"; then
  # Whoever wrote it may have been cut off before it was on disk, and this relies on it.
  t_sync "$STATE/journal"
  exit
fi
if no_room; then give_up; fi
advance 0 || exit
goal=${TOKEN%:*}
TOKEN=$SEQ:$RUN:watchdog:${goal##*:}:$NOW
rm -f "$STATE/lock.new" && ln -s "$TOKEN" "$STATE/lock.new" && t_rename "$STATE/lock.new" "$STATE/lock" && t_sync "$STATE" || exit
# Held for as long as this works, on a file that nobody else can still hold.
rm -f "$STATE/alive"
exec 8<>"$STATE/alive"
t_hold
record "watchdog run=$RUN"
EXPECTED=$TO
TO=$FROM
STATED=
case $phase in back) EXPECTED= ;; esac
(op_switch) || exit
release
if [ "$TEXT" ]; then
  DIR=$STATE/runs/$SEQ/restart-back@$RUN
  (op_run) && (follow)
fi
# Nothing is held: the next goal gets the lock, finds the run without an end and settles it.
NOW=
mutex && standing && rm -f "$STATE/lock" && t_sync "$STATE"
