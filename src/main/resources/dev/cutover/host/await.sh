# shellcheck shell=sh disable=SC2154
# Says whether there is a command of an earlier run to wait for; following it is the caller's.
# DIR   LIMIT  seconds

if [ ! -d "$DIR" ]; then
  value ended lost
  fail "$DIR is not there" 70
fi
