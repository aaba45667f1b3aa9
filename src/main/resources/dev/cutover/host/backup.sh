# shellcheck shell=sh disable=SC2154
# The place where a migration's backup is written and kept, with its release.
# ID, NAME  the release and the migration;  RUN  the run
# WHAT      prepare: makes room;  keep: makes sure that there is one, and that it lasts;
#           drop: takes away what a backup that failed has written, and says whether the disk is full

place=$STATE/backups/$ID/$NAME
case $WHAT in
prepare)
  mkdir -p "$STATE/backups/$ID" && chmod 700 "$STATE/backups" "$STATE/backups/$ID" || exit
  # What an earlier run has left goes; what this run has made may be asked for again.
  if [ ! -e "$STATE/backups/$ID/.$NAME.$RUN" ]; then
    rm -rf "$place" "$STATE/backups/$ID/.$NAME".* && : >"$STATE/backups/$ID/.$NAME.$RUN" || exit
  fi
  exit 0
  ;;
drop)
  free=$(df -Pk "$STATE" | awk 'NR == 2 { print $4 }')
  case $free in
  '' | *[!0-9]* | ?????*) ;;
  *) [ "$free" -ge 1024 ] || value full 1 ;;
  esac
  rm -rf "$place" "$STATE/backups/$ID/.$NAME".*
  rmdir "$STATE/backups/$ID" 2>/dev/null
  exit 0
  ;;
esac
if [ -L "$place" ]; then fail "$place is a link: the backup must be there itself"; fi
[ -e "$place" ] || fail "the backup left nothing at $place"
slow
some=$(find "$place" -type f -size +0c | head -n 1)
[ "$some" ] || fail "the backup left only emptiness at $place"
if [ -d "$place" ]; then
  find "$place" -type d -exec chmod 700 {} + && find "$place" -type f -exec chmod 600 {} + &&
    t_sync_tree "$place" || fail "$place could not be synced"
else
  chmod 600 "$place" && t_sync "$place" || fail "$place could not be synced"
fi
t_sync "$STATE/backups/$ID" "$STATE/backups" || exit
quick
