# shellcheck shell=sh disable=SC2154
# Ends the watchdog of this token, if it has one: it looks every second.
# DIR

rm -f "$DIR/armed"
