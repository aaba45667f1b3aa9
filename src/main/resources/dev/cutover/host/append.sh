# shellcheck shell=sh disable=SC2154
# BODY  the record

record "$BODY"
