# shellcheck shell=sh disable=SC2154
# Appends to revisions.log, as Capistrano does.
# LINE

umask 022
log=$ROOT/revisions.log
if [ -s "$log" ] && [ "$(tail -n 1 "$log")" = "$LINE" ]; then exit 0; fi
printf '%s\n' "$LINE" >>"$log"
