# shellcheck shell=sh disable=SC2154
# Compares a release with its manifest. Links are not looked at: they lead into shared.
# ID

tree=$ROOT/releases/$ID
[ -d "$tree" ] || tree=$STATE/staging/$ID
cd "$tree" || exit
[ -s "$STATE/manifests/$ID" ] || fail "$ID has no manifest: it was not made by this plugin"
slow
differs=$(t_compare "$STATE/manifests/$ID" -type f | sort) || exit
quick
IFS=$newline
set -f
changed=
missing=
added=
for line in $differs; do
  case $line in
  C*) changed="$changed$newline${line#??}" ;;
  M*) missing="$missing$newline${line#??}" ;;
  A*) added="$added$newline${line#??}" ;;
  esac
done
value changed "${changed#"$newline"}"
value missing "${missing#"$newline"}"
value added "${added#"$newline"}"
