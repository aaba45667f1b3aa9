# shellcheck shell=sh disable=SC2034,SC2154
# Turns uploaded files into the tree of a release.
# ID, VERSION, REVISION   DIRS, FILES  what is shared, one a line
# MODES  permission bits and path, one a line, where they differ from 0644
# STATED  the record

tree=$STATE/staging/$ID
umask 022
up=
set -- "$tree".up-*
if [ ! -e "$STATE/manifests/$ID" ]; then
  # What is left of an upload whose link fell silent may still come in: each try has a place of its own.
  # The last whose manifest came, which is sent at the end, is the one that was waited for; once its
  # tree is taken from it, it alone is.
  for place; do
    if [ -e "$place/$ID.manifest" ] && { [ ! -d "$tree" ] || [ ! -d "$place/$ID" ]; }; then up=$place; fi
  done
  if [ -d "$up/$ID" ]; then t_rename "$up/$ID" "$tree" || exit; fi
fi
# That of the one goes when its manifest is not needed any more.
for place; do
  shift
  if [ -e "$place" ] && [ "$place" != "$up" ]; then set -- "$@" "$place"; fi
done
[ $# = 0 ] || rm -rf "$@" || exit
# The reply was lost, and what follows had been done too.
if [ ! -d "$tree" ] && [ -d "$ROOT/releases/$ID" ]; then exit 0; fi
[ -d "$tree" ] || fail "nothing was uploaded to $tree"
cd "$tree" || exit
IFS=$newline
set -f

if [ -f "$STATE/manifests/$ID" ]; then
  record "$STATED"
  exit
fi
manifest=$up/$ID.manifest
[ -s "$manifest" ] || fail "the upload is not complete: its manifest is missing"

for path in $FILES; do
  [ -e "$ROOT/shared/$path" ] || absent="$absent$newline  $ROOT/shared/$path"
done
[ -z "$absent" ] || fail "missing in shared, put them there once:$absent"

# What an earlier try of this operation made is made again.
for path in $DIRS$newline$FILES; do
  if [ -L "$path" ]; then rm -f "./$path"; fi
done
for name in VERSION REVISION; do
  if [ -e "$name" ] && ! grep -q "^.\{64\}  $name\$" "$manifest"; then rm -f "$name"; fi
done
[ -e VERSION ] || printf '%s\n' "$VERSION" >VERSION || exit
[ -e REVISION ] || printf '%s\n' "$REVISION" >REVISION || exit

# hidden PATH: whether what is shared takes the place of PATH.
hidden() {
  for path in $HIDDEN; do
    case $1 in "$path" | "$path"/*) return 0 ;; esac
  done
  return 1
}

# What is hidden an earlier try may have removed. One look finds what differs, sums up what was made
# here and writes the manifest of the release.
HIDDEN=$DIRS$newline$FILES
MADE=VERSION${newline}REVISION
LISTED=$tree.listed
found=$(t_compare "$manifest" ! -type d) || fail "the files could not be checked"
if [ "$found" ]; then
  echo "the uploaded files differ from the manifest:"
  for line in $found; do
    case $line in
    M*) echo "  missing: ${line#??}" ;;
    C*) echo "  damaged: ${line#??}" ;;
    *) echo "  not in the manifest: ${line#??}" ;;
    esac
  done
  exit 1
fi

# An upload by tar carried the modes and says so.
if [ ! -e "$up/$ID.modes" ]; then
  find . -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
fi
for line in $MODES; do
  hidden "${line#* }" || chmod "${line%% *}" "./${line#* }" || exit
done

# linked PATH: makes the link into shared, and the directories above it, none of them a link.
linked() {
  above=
  rest=$1
  while :; do
    case $rest in */*) ;; *) break ;; esac
    above=$above${rest%%/*}
    rest=${rest#*/}
    if [ -L "$above" ]; then fail "$1 cannot be shared: $above is a link"; fi
    if [ -e "$above" ] && [ ! -d "$above" ]; then fail "$1 cannot be shared: $above is a file"; fi
    [ -d "$above" ] || mkdir "./$above" || exit
    above=$above/
  done
  if [ -e "$1" ] || [ -L "$1" ]; then rm -rf "./$1" || exit; fi
  ln -s "$ROOT/shared/$1" "./$1" || exit
}
for path in $DIRS; do
  [ -d "$ROOT/shared/$path" ] || mkdir -p "$ROOT/shared/$path" || exit
done
for path in $DIRS$newline$FILES; do
  linked "$path"
  printf '# lrwxrwxrwx %s -> %s\n' "$path" "$ROOT/shared/$path" >>"$LISTED" || exit
done

t_rename "$LISTED" "$STATE/manifests/$ID" && rm -rf "$up" || exit
record "$STATED"
