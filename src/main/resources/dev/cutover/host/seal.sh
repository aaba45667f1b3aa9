# shellcheck shell=sh disable=SC2154
# Makes a staged release durable.
# ID   BUILT  1 when commands of the user's have worked in it
# DESCRIBED, STATED  the records

tree=$STATE/staging/$ID
if [ ! -d "$tree" ] && [ -d "$ROOT/releases/$ID" ]; then exit 0; fi
cd "$tree" || exit
[ -f "$STATE/manifests/$ID" ] || fail "$ID was not assembled"

if [ "$BUILT" ]; then
  held=$(
    find . -type f -exec grep -lF -- "$tree" {} +
    find . -type l | while IFS= read -r link; do
      case $(readlink "$link") in "$tree"*) echo "$link" ;; esac
    done
  )
  [ -z "$held" ] || fail "these files contain the staging path $tree, which is gone once the release is live:$newline$held"
  # Of what is as it mostly is nothing is said but the sums.
  look | awk '
    function above(p, i) {
      while ((i = match(p, /\/[^\/]*$/))) {
        p = substr(p, 1, i - 1)
        holds[p]
      }
    }
    !/^# / { print; next }
    { text = substr($0, 14) }
    /^# d/ && text != "." { line[text] = $0; next }
    {
      above(/^# l/ ? substr(text, 1, index(text, " -> ") - 1) : text)
      if (!/^# -rw-r--r-- /) print
    }
    END { for (d in line) if (!(d in holds) || line[d] !~ /^# drwxr-xr-x/) print line[d] }
    ' >"$STATE/manifests/$ID.new" && t_rename "$STATE/manifests/$ID.new" "$STATE/manifests/$ID" || exit
fi
t_sync_tree "$tree" "$STATE/manifests/$ID" "$STATE/manifests" "$STATE/staging" || fail "$tree could not be synced"
record "$DESCRIBED" "$STATED"
