# shellcheck shell=sh disable=SC2154
# GETs a url from the host itself; redirects are not followed. The url never stands in argv where
# the tool can read it elsewhere.
# URL   LIMIT  seconds

dir=$(mktemp -d) || exit
slow
trap 'quick; rm -rf "$dir"' EXIT
if command -v curl >/dev/null; then
  status=$(printf 'url = "%s"\n' "$URL" | curl -q -sS -m "$LIMIT" --noproxy '*' -o "$dir/body" -w '%{http_code}' -K - 2>"$dir/errors")
  rc=$?
elif command -v wget >/dev/null; then
  if wget --version >/dev/null 2>&1; then
    printf '%s\n' "$URL" | wget -q -S --no-proxy --max-redirect=0 --content-on-error -t 1 -T "$LIMIT" -O "$dir/body" -i - 2>"$dir/errors"
  else
    wget -q -S -Y off -T "$LIMIT" -O "$dir/body" "$URL" 2>"$dir/errors"
  fi
  rc=$?
  status=$(sed -n 's,^ *HTTP/[0-9.]* \([0-9]*\).*,\1,p' "$dir/errors" | head -n 1)
  if [ "$status" ]; then rc=0; fi
else
  fail "neither curl nor wget is there" 69
fi
quick
if [ "$rc" != 0 ]; then
  cat "$dir/errors"
  exit "$rc"
fi
value status "$status"
body=
if [ -s "$dir/body" ]; then
  body=$(head -c 65536 "$dir/body" | od -An -v -tx1 | tr -s ' \n' '%%')
fi
say "value body ${body%"%"}"
