# shellcheck shell=sh disable=SC2154
# Replaces the journal by a shorter one that tells the same.
# CONTENT  the new journal;  NEWLINES  how many the old one had that it was made from: a record begins
# with one, and unlike bytes they are the same whatever a power cut has left between

[ "$(($(wc -l <"$STATE/journal")))" = "$NEWLINES" ] || fail "the journal has grown since it was read"
printf %s "$CONTENT" >"$STATE/journal.new" && t_sync "$STATE/journal.new" &&
  t_rename "$STATE/journal.new" "$STATE/journal" || {
  rm -f "$STATE/journal.new"
  exit 1
}
t_sync "$STATE"
