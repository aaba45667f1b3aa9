# shellcheck shell=sh disable=SC2154
# Turns uploaded files into the tree of a release.
# ID, VERSION, REVISION   DIRS, FILES  what is shared, one a line
# MODES  permission bits and path, one a line, where they differ from 0644
# STATED  the record

tree=$STATE/staging/$ID
manifest=$tree.manifest
umask 022
# What is left of an upload whose link fell silent may still come in: each try has a place of its own.
# The last whose manifest came, which is sent at the end, is the one that was waited for.
if [ ! -e "$manifest" ] && [ ! -e "$STATE/manifests/$ID" ]; then
  up=
  for place in "$tree".up-*; do
    if [ -e "$place/$ID.manifest" ]; then up=$place; fi
  done
  if [ "$up" ]; then
    if [ -d "$up/$ID" ]; then t_rename "$up/$ID" "$tree" || exit; fi
    if [ -e "$up/$ID.modes" ]; then t_rename "$up/$ID.modes" "$tree.modes" || exit; fi
    t_rename "$up/$ID.manifest" "$manifest" || exit
  fi
fi
rm -rf "$tree".up-* || exit
# The reply was lost, and what follows had been done too.
if [ ! -d "$tree" ] && [ -d "$ROOT/releases/$ID" ]; then exit 0; fi
[ -d "$tree" ] || fail "nothing was uploaded to $tree"
cd "$tree" || exit
IFS=$newline
set -f

if [ ! -f "$manifest" ] && [ -f "$STATE/manifests/$ID" ]; then
  rm -f "$tree.modes" || exit
  record "$STATED"
  exit
fi
[ -s "$manifest" ] || fail "the upload is not complete: its manifest is missing"

for path in $FILES; do
  [ -e "$ROOT/shared/$path" ] || absent="$absent$newline  $ROOT/shared/$path"
done
[ -z "$absent" ] || fail "missing in shared, put them there once:$absent"

slow
# What an earlier try of this operation made is made again.
for path in $DIRS$newline$FILES; do
  if [ -L "$path" ]; then rm -f "./$path"; fi
done
for name in VERSION REVISION; do
  if [ -e "$name" ] && ! grep -q "^.\{64\}  $name\$" "$manifest"; then rm -f "$name"; fi
done

# hidden PATH: whether what is shared takes the place of PATH. An earlier try may have removed it.
hidden() {
  for path in $DIRS$newline$FILES; do
    case $1 in "$path" | "$path"/*) return 0 ;; esac
  done
  return 1
}

found=$(t_compare "$manifest" ! -type d) || fail "the files could not be checked"
differs=
for line in $found; do
  hidden "${line#??}" || differs="$differs$newline$line"
done
if [ "$differs" ]; then
  echo "the uploaded files differ from the manifest:"
  for line in $differs; do
    case $line in
    M*) echo "  missing: ${line#??}" ;;
    C*) echo "  damaged: ${line#??}" ;;
    *) echo "  not in the manifest: ${line#??}" ;;
    esac
  done
  exit 1
fi

# An upload by tar carried the modes and says so.
if [ ! -e "$tree.modes" ]; then
  find . -type d -exec chmod 755 {} +
  find . -type f -exec chmod 644 {} +
fi
for line in $MODES; do
  hidden "${line#* }" || chmod "${line%% *}" "./${line#* }" || exit
done

cat "$manifest" >"$tree.listed" || exit
add() {
  [ ! -e "$1" ] || return 0
  printf '%s\n' "$2" >"$1" && sum=$(t_sha <"$1") &&
    printf '%s  %s\n' "${sum%% *}" "$1" >>"$tree.listed" || exit
}
add VERSION "$VERSION"
add REVISION "$REVISION"

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
if [ "$DIRS$FILES" ]; then
  SHARED_PATHS=$DIRS$newline$FILES awk '
    BEGIN { n = split(ENVIRON["SHARED_PATHS"], shared, "\n") }
    {
      p = substr($0, 67)
      for (i = 1; i <= n; i++) if (shared[i] != "" && index(p "/", shared[i] "/") == 1) next
      print
    }' "$tree.listed" >"$tree.kept" && t_rename "$tree.kept" "$tree.listed" || exit
fi
for path in $DIRS; do
  [ -d "$ROOT/shared/$path" ] || mkdir -p "$ROOT/shared/$path" || exit
done
for path in $DIRS$newline$FILES; do
  linked "$path"
done

t_rename "$tree.listed" "$STATE/manifests/$ID" && rm -f "$manifest" "$tree.modes" || exit
quick
record "$STATED"
