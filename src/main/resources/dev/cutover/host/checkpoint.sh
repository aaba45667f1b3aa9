# shellcheck shell=sh disable=SC2154
# Replaces the journal by a shorter one that tells the same.
# CONTENT  the new journal;  SIZE  what the old one was made from, in bytes

[ "$(($(wc -c <"$STATE/journal")))" = "$SIZE" ] || fail "the journal has grown since it was read"
printf %s "$CONTENT" >"$STATE/journal.new" && t_sync "$STATE/journal.new" &&
  t_rename "$STATE/journal.new" "$STATE/journal" || {
  rm -f "$STATE/journal.new"
  exit 1
}
t_sync "$STATE"
