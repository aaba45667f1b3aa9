# shellcheck shell=sh
# Tells what lies below the working directory, in the lines of a manifest: a file's sum and path, with a
# backslash before it when the path is escaped as sha256sum does it, for it holds a newline; and of
# everything, behind a #, the type and the mode as ls writes them, the path, and where a link leads; with
# a backslash in place of the blank before the path when that is escaped likewise.

t_look | awk '
  function unescaped(s, r, i, c) {
    while ((i = index(s, "\\"))) {
      c = substr(s, i + 1, 1)
      r = r substr(s, 1, i - 1) (c == "n" ? "\n" : c == "r" ? "\r" : c)
      s = substr(s, i + 2)
    }
    return r s
  }
  function joined(s, by, part, n, i, r) {
    n = split(s, part, "\n")
    r = part[1]
    for (i = 2; i <= n; i++) r = r by part[i]
    return r
  }
  function escaped(s) {
    gsub(/\\/, "&&", s)
    return joined(s, "\\n")
  }
  function tell(p, mark) {
    if (kind == "entry") {
      p = index(held, " .//./")
      p = p ? substr(held, p + 6) : "."
      print "# " substr(held, 1, 10) (index(p, "\n") ? "\\" escaped(p) : " " p)
    } else if (kind == "sum") {
      p = substr(held, 1, 1) == "\\" ? unescaped(substr(held, 2)) : held
      mark = index(p, "\n") ? "\\" : ""
      if (mark != "") p = escaped(p)
      print mark substr(p, 1, 66) substr(p, 72)
    }
  }
  {
    start = ""
    if (substr($0, substr($0, 1, 1) == "\\" ? 66 : 65, 7) == "  .//./") start = "sum"
    else if (/^.[-r][-w][-xsS][-r][-w][-xsS][-r][-w][-xtT]/ && index($0, " .//.")) start = "entry"
    if (start == "") held = held "\n" $0
    else {
      tell()
      kind = start
      held = $0
    }
  }
  END { tell() }'
