# shellcheck shell=sh disable=SC2154
# Compares a release with its manifest.
# ID
# Status 66: there is none to compare it with.

tree=$ROOT/releases/$ID
[ -d "$tree" ] || tree=$STATE/staging/$ID
cd "$tree" || exit
[ -s "$STATE/manifests/$ID" ] || fail "$ID has no manifest: it was not made by this plugin" 66
slow
# Manifests of older versions have nothing but sums. Some ls write ? for what is not printable ASCII:
# of what only ls tells, both sides do.
differs=$(look | awk '
  function unescaped(s, r, i, c) {
    while ((i = index(s, "\\"))) {
      c = substr(s, i + 1, 1)
      r = r substr(s, 1, i - 1) (c == "n" ? "\n" : c == "r" ? "\r" : c)
      s = substr(s, i + 2)
    }
    return r s
  }
  function shown(s, part, n, i, r) {
    n = split(s, part, "\n")
    r = part[1]
    for (i = 2; i <= n; i++) r = r "\\n" part[i]
    return r
  }
  function plain(s) {
    gsub(/[^ -~]/, "?", s)
    return s
  }
  function above(p, i) {
    while ((i = match(p, /\/[^\/]*$/))) {
      p = substr(p, 1, i - 1)
      holds[p]
    }
  }
  # Below a directory whose group is inherited there is a bit more.
  function bare(bits) {
    gsub(/[st]/, "x", bits)
    gsub(/[ST]/, "-", bits)
    return bits
  }
  function was(is, bits) { return " (" is ", was " bits ")" }
  /^# / {
    type = substr($0, 3, 1)
    bits = substr($0, 4, 9)
    raw = substr($0, 14)
    text = plain(raw)
    if (NR == FNR) known = 1
    if (text == ".") next
    if (NR == FNR) {
      if (type == "-") mode[text] = bits
      else if (type == "d") dir[text] = bits
      else other[text]
      named[text] = raw
    } else {
      name[text] = raw
      if (type == "-") have[text] = bits
      else if (type == "d") dirs[text] = bits
      else others[text]
    }
    next
  }
  {
    if (substr($0, 1, 1) == "\\") p = unescaped(substr($0, 68))
    else p = substr($0, 67)
    sum = substr($0, substr($0, 1, 1) == "\\" ? 2 : 1, 64)
    if (NR == FNR) want[p] = sum
    else {
      got[p]
      if (!(p in want)) print "A " shown(p)
      else if (want[p] == sum) fine[p]
    }
  }
  END {
    for (p in want) {
      text = plain(p)
      above(text)
      if (!(p in got) && !(text in have)) print "M " shown(p)
      else if (!(p in fine)) print "C " shown(p)
      else if (known) {
        bits = text in mode ? mode[text] : "rw-r--r--"
        if (have[text] != bits) print "C " shown(p) was(have[text], bits)
      }
    }
    if (!known) exit
    for (text in other) {
      i = index(text, " -> ")
      above(i ? substr(text, 1, i - 1) : text)
      if (!(text in others)) print "M " named[text]
    }
    for (text in others) if (!(text in other)) print "A " name[text]
    for (text in dir) {
      above(text)
      holds[text]
      if (!(text in dirs)) print "M " named[text] "/"
    }
    for (text in dirs) {
      bits = text in dir ? dir[text] : "rwxr-xr-x"
      if (!(text in holds)) print "A " name[text] "/"
      else if (bare(dirs[text]) != bare(bits)) print "C " name[text] "/" was(dirs[text], bits)
    }
  }' "$STATE/manifests/$ID" - | sort) || exit
quick
of() { printf '%s\n' "$differs" | sed -n "s/^$1 //p"; }
value changed "$(of C)"
value missing "$(of M)"
value added "$(of A)"
