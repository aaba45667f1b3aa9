# shellcheck shell=sh disable=SC2154
# Compares a release with its manifest.
# ID
# Status 66: there is none to compare it with.

tree=$ROOT/releases/$ID
[ -d "$tree" ] || tree=$STATE/staging/$ID
cd "$tree" || exit
[ -s "$STATE/manifests/$ID" ] || fail "$ID has no manifest: it was not made by this plugin" 66
slow
# Manifests of older versions have nothing but sums. What is known by its exact name is compared by it.
# Some ls write ? for what is not printable ASCII: of links, and of all where nothing else tells modes,
# both sides do.
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
  function above(p, part, n, i, d) {
    n = split(p, part, "/")
    for (i = 1; i < n; i++) {
      d = d (i > 1 ? "/" : "") part[i]
      hold(d)
    }
  }
  function hold(d) {
    if (d in holds) return
    holds[d]
    holds[plain(d)]
  }
  # of NAME TOLD: what TOLD knows NAME by; "" when it does not.
  function of(name, told) {
    if (name in told) return name
    return plain(name) in told ? plain(name) : ""
  }
  # add NAME TOLD: BITS are those of NAME, or of one of those that are all told as NAME.
  function add(name, told) {
    if (name in told) told[name] = told[name] " " bits
    else told[name] = bits
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
    name = substr($0, 14)
    if (substr($0, 13, 1) == "\\") name = unescaped(name)
    if (NR == FNR) known = 1
    if (name == ".") next
    if (NR == FNR) {
      if (type == "-") mode[name] = bits
      else if (type == "d") dir[name] = vague[plain(name)] = bits
      else other[name]
    } else {
      if (type == "-") add(name, have)
      else if (type == "d") add(name, dirs)
      else others[name]
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
      above(p)
      text = of(p, have)
      if (!(p in got) && text == "") print "M " shown(p)
      else if (!(p in fine)) print "C " shown(p)
      else if (known) {
        told = p in mode || !(plain(p) in want) ? of(p, mode) : ""
        bits = told == "" ? "rw-r--r--" : mode[told]
        if (!index(have[text], bits)) print "C " shown(p) was(have[text], bits)
      }
    }
    if (!known) exit
    for (l in other) {
      i = index(l, " -> ")
      above(i ? substr(l, 1, i - 1) : l)
      told = of(l, others)
      if (told == "") print "M " shown(l)
      else met[told]
    }
    for (l in others) if (!(l in met)) print "A " shown(l)
    for (d in dir) {
      above(d)
      hold(d)
      if (of(d, dirs) == "") print "M " shown(d) "/"
    }
    for (d in dirs) {
      told = of(d, dir)
      bits = told != "" ? dir[told] : d in vague ? vague[d] : "rwxr-xr-x"
      if (!(d in holds)) print "A " shown(d) "/"
      else if (!index(bare(dirs[d]), bare(bits))) print "C " shown(d) "/" was(dirs[d], bits)
    }
  }' "$STATE/manifests/$ID" - | sort) || exit
quick
of() { printf '%s\n' "$differs" | sed -n "s/^$1 //p"; }
value changed "$(of C)"
value missing "$(of M)"
value added "$(of A)"
