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

# t_sync_tree TREE PATH...: all that TREE is made of, then the PATHs themselves.
t_sync_tree() { sync -f "$@" 2>/dev/null || { find "$1" ! -type l -exec sync {} + && shift && { [ $# = 0 ] || sync "$@"; }; }; }

t_rename() { mv -fT "$1" "$2"; }

t_link() { ln -sT "$1" "$2"; }

# t_sha TEXT...: a line for each TEXT, in their order, that begins with its sha256. Four at a time,
# each by a pipe of its own, for one program.
t_sha() {
  if [ ! -d /dev/fd ]; then
    for text; do
      printf %s "$text" | sha256sum || return
    done
    return
  fi
  case $# in
  1) printf %s "$1" | sha256sum ;;
  2) printf %s "$1" | { printf %s "$2" | sha256sum /dev/fd/3 -; } 3<&0 ;;
  3) printf %s "$1" | { printf %s "$2" | { printf %s "$3" | sha256sum /dev/fd/3 /dev/fd/4 -; } 4<&0; } 3<&0 ;;
  *)
    printf %s "$1" | {
      printf %s "$2" | {
        printf %s "$3" | { printf %s "$4" | sha256sum /dev/fd/3 /dev/fd/4 /dev/fd/5 -; } 5<&0
      } 4<&0
    } 3<&0 || return
    shift 4
    [ $# = 0 ] || t_sha "$@"
    ;;
  esac
}

# t_file FILE: the number of its device and its own, which no other file of this machine has; nothing
# where stat cannot tell.
t_file() { stat -Lc %d:%i "$1" 2>/dev/null; }

t_mtime() { date -r "$1" +%s; }

# t_look: what lies below the working directory: a line with the mode of each, and of each file the sum.
# What find puts before a name stands in none, so that it tells where one begins: it may hold a newline.
# Some ls write ? for what is not printable ASCII: it tells of what else than links only without stat.
t_look() {
  if stat -c '%A %n' . >/dev/null 2>&1; then
    QUOTING_STYLE=literal find .//. -type l -exec ls -ld {} + -o -exec stat -c '%A %n' {} + -type f -exec sha256sum {} +
  else
    QUOTING_STYLE=literal find .//. -exec ls -ld {} + -type f -exec sha256sum {} +
  fi
}

# t_check MANIFEST HALF: sha256sum -c of every other line, HALF 0 or 1. A file named - would be stdin.
t_check() {
  awk -v half="$2" '/^# / { next } NR % 2 == half { print substr($0, 1, 66) "./" substr($0, 67) }' "$1" | sha256sum -c 2>/dev/null
}

# t_found MANIFEST TEST...: what find's TEST names, and sums. Of many files two are read at once: for
# few that takes more programs than it is worth.
t_found() {
  manifest=$1
  shift
  lines=0
  while [ "$lines" -lt 100 ] && read -r _; do
    lines=$((lines + 1))
  done <"$manifest"
  if [ "$lines" -lt 100 ]; then
    find . "$@" -print -type f -exec sha256sum {} +
    return
  fi
  find . "$@"
  # shellcheck disable=SC2086
  [ -z "$MADE" ] || (IFS=$newline && sha256sum $MADE)
  echo
  # What the first says is kept until the other is through, and does not hold it up.
  t_check "$manifest" 0 | awk '{ line[NR] = $0 } END { for (i = 1; i <= NR; i++) print line[i] }' | {
    t_check "$manifest" 1
    cat
  }
}

# t_compare MANIFEST TEST...: the files below the working directory that find's TEST names against
# the manifest: a line for each that is A(dded), C(hanged) or M(issing).
# HIDDEN  paths that are left out, with all below them; MADE  files that were added here; one a line
# LISTED  a file that gets what then is the manifest; or empty
t_compare() {
  t_found "$@" | HIDDEN=$HIDDEN MADE=$MADE LISTED=$LISTED awk '
    function hides(p, i) {
      for (i = 1; i <= n; i++) if (hidden[i] != "" && index(p "/", hidden[i] "/") == 1) return 1
      return 0
    }
    BEGIN {
      n = split(ENVIRON["HIDDEN"], hidden, "\n")
      m = split(ENVIRON["MADE"], name, "\n")
      for (i = 1; i <= m; i++) made[name[i]]
      listed = ENVIRON["LISTED"]
    }
    NR == FNR && /^# / {
      if (listed != "" && !hides(substr($0, 14))) print > listed
      next
    }
    NR == FNR {
      p = substr($0, 67)
      if (hides(p)) next
      want[p] = substr($0, 1, 64)
      if (listed != "") print > listed
      next
    }
    $0 == "" { checked = 1; next }
    substr($0, 1, 1) == "\\" { $0 = substr($0, 2); gsub(/\\\\/, "\\") }
    checked { if (sub(/: OK$/, "")) fine[substr($0, 3)]; next }
    substr($0, 1, 2) == "./" {
      p = substr($0, 3)
      if (hides(p)) next
      if (p in want) have[p]
      else if (!(p in made)) print "A " p
      next
    }
    {
      p = substr($0, 67)
      sub(/^\.\//, "", p)
      if (p in want) { if (want[p] == substr($0, 1, 64)) fine[p] }
      else if (p in made && listed != "") print substr($0, 1, 66) p > listed
    }
    END {
      for (p in want) if (!(p in have)) print "M " p; else if (!(p in fine)) print "C " p
      if (listed != "" && close(listed) != 0) exit 1
    }' "$1" -
}
