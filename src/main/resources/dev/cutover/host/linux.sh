# shellcheck shell=sh disable=SC2034
# The tools of Linux, of coreutils or busybox. This text stands in a function use_linux.

LEADER='leader() { exec setsid "$@"; }'

# t_lock: an exclusive lock on descriptor 9.
t_lock() { flock -w 20 9; }

# t_free FILE: whether nobody holds FILE's lock.
t_free() { flock -ns 0 <"$1"; }

# t_hold: an exclusive lock on descriptor 8.
t_hold() { flock -w 20 8; }

t_sync() { sync "$@"; }

t_sync_tree() { sync -f "$1" 2>/dev/null || find "$1" ! -type l -exec sync {} +; }

t_rename() { mv -fT "$1" "$2"; }

t_link() { ln -sT "$1" "$2"; }

# t_sha: the sha256 of stdin begins its output.
t_sha() { sha256sum; }

t_mtime() { date -r "$1" +%s; }

# t_sums: the manifest of the files below the working directory.
t_sums() {
  find . -type f -exec sha256sum {} + | sed -e '/^\\/{s/^\\//;s/\\\\/\\/g;}' -e 's,^\(.\{66\}\)\./,\1,'
}

# t_check MANIFEST HALF: sha256sum -c of every other line, HALF 0 or 1. A file named - would be stdin.
t_check() {
  awk -v half="$2" 'NR % 2 == half { print substr($0, 1, 66) "./" substr($0, 67) }' "$1" | sha256sum -c 2>/dev/null
}

# t_compare MANIFEST TEST...: the files below the working directory that find's TEST names against
# the manifest: a line for each that is A(dded), C(hanged) or M(issing).
t_compare() {
  manifest=$1
  shift
  {
    find . "$@"
    echo
    # Two at once. What the first says is kept until the other is through, and does not hold it up.
    t_check "$manifest" 0 | awk '{ line[NR] = $0 } END { for (i = 1; i <= NR; i++) print line[i] }' | {
      t_check "$manifest" 1
      cat
    }
  } | awk '
    NR == FNR { want[substr($0, 67)]; next }
    sums {
      if (substr($0, 1, 1) == "\\") { $0 = substr($0, 2); gsub(/\\\\/, "\\") }
      if (sub(/: OK$/, "")) fine[substr($0, 3)]
      next
    }
    $0 == "" { sums = 1; next }
    { p = substr($0, 3); if (p in want) have[p]; else print "A " p }
    END { for (p in want) if (!(p in have)) print "M " p; else if (!(p in fine)) print "C " p }
  ' "$manifest" -
}
