# shellcheck shell=sh disable=SC2154
# Gives the lock back, and forgets the commands of the run, whose results are in the journal.

if [ -d "$STATE/runs/$SEQ" ]; then rm -rf "$STATE/runs/${SEQ:?}"; fi
rm -f "$STATE/lock" && t_sync "$STATE"
