# shellcheck shell=sh disable=SC2154
# Turns uploaded files into the tree of a release.
# ID, VERSION, REVISION   DIRS, FILES  what is shared, one a line
# MODES  permission bits and path, one a line, where they differ from 0644
# STATED  the record

tree=$STATE/staging/$ID
manifest=$tree.manifest
umask 022
[ -d "$tree" ] || fail "nothing was uploaded to $tree"
cd "$tree" || exit
IFS=$newline
set -f

if [ ! -f "$manifest" ] && [ -f "$STATE/manifests/$ID" ]; then
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

differs=$(t_compare "$manifest" ! -type d) || fail "the files could not be checked"
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
  chmod "${line%% *}" "./${line#* }" || exit
done

cat "$manifest" >"$tree.listed" || exit
add() {
  [ ! -e "$1" ] || return 0
  printf '%s\n' "$2" >"$1" && chmod 644 "$1" && sum=$(t_sha <"$1") &&
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
  if [ -e "$1" ] || [ -L "$1" ]; then
    rm -rf "./$1" && SHARED_PATH_HERE=$1 awk '
      BEGIN { p = ENVIRON["SHARED_PATH_HERE"] }
      { q = substr($0, 67) } q != p && substr(q, 1, length(p) + 1) != p "/"' "$tree.listed" >"$tree.kept" &&
      t_rename "$tree.kept" "$tree.listed" || exit
  fi
  ln -s "$ROOT/shared/$1" "./$1" || exit
}
for path in $DIRS; do
  [ -d "$ROOT/shared/$path" ] || mkdir -p "$ROOT/shared/$path" || exit
done
for path in $DIRS$newline$FILES; do
  linked "$path"
done

t_rename "$tree.listed" "$STATE/manifests/$ID" && rm -f "$manifest" "$tree.modes" || exit
quick
record "$STATED"
