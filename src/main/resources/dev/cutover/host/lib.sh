# shellcheck shell=sh disable=SC2034,SC2154
# Prelude of every script: sent once, before the operations.
#
# N      the nonce: a line of stdout counts only if it begins with it; the rest is what tools say
# ROOT   the release root;  STATE  its .cutover;  TOKEN, SEQ  the right to change things
# The functions t_* come from linux.sh or perl.sh.

unset CDPATH
umask0=$(umask)
lc0=${LC_ALL-}
lc0set=${LC_ALL+set}
umask 077
LC_ALL=C
export LC_ALL
exec 2>&1
NOW=''
HELD=''
beat=''
newline='
'

say() { printf '%s %s\n' "$N" "$1"; }

# enc TEXT: ENC is TEXT, every byte as %xx when one of them is not safe.
enc() {
  case $1 in
  *[!A-Za-z0-9/._+,@:~=-]*)
    ENC=$(printf %s "$1" | od -An -v -tx1 | tr -s ' \n' '%%')
    ENC=${ENC%"%"}
    ;;
  *) ENC=$1 ;;
  esac
}

# value NAME TEXT: reports a value.
value() {
  enc "$2"
  say "value $1 $ENC"
}

fail() {
  echo "$1"
  exit "${2:-1}"
}

# absolute PATH: ABS is PATH, taken below ROOT when relative, without ., .. and doubled slashes.
absolute() {
  case $1 in
  /*) rest=$1 ;;
  *) rest=$ROOT/$1 ;;
  esac
  ABS=
  while [ "$rest" ]; do
    rest=${rest#/}
    segment=${rest%%/*}
    case $rest in
    */*) rest=/${rest#*/} ;;
    *) rest= ;;
    esac
    case $segment in
    '' | .) ;;
    ..) ABS=${ABS%/*} ;;
    *) ABS=$ABS/$segment ;;
    esac
  done
  ABS=${ABS:-/}
}

# read_current: KIND is absent, live, dangling or other; ABS where the link leads. A release is known
# as one by whatever path the link or the root reaches it, through links too.
read_current() {
  ABS=
  if [ -L "$ROOT/current" ]; then
    absolute "$(readlink "$ROOT/current")"
    if [ -d "$ROOT/current/." ]; then KIND=live; else KIND=dangling; fi
    physical=$(cd "$ROOT/current/." 2>/dev/null && pwd -P)
    releases=$(cd "$ROOT/releases/." 2>/dev/null && pwd -P)
    if [ "$physical" ] && [ "$releases" ] && [ "${physical%/*}" = "$releases" ]; then
      ABS=${ROOT%/}/releases/${physical##*/}
    fi
  elif [ -e "$ROOT/current" ]; then
    KIND=other
  else
    KIND=absent
  fi
}

now() { [ "$NOW" ] || NOW=$(date +%s); }

# record BODY...: appends records and syncs them. A record starts with a newline, so that it never
# glues to one that was torn. The reserve is given up when the disk is full.
record() {
  records=
  for body; do
    payload="$NOW $SEQ $body"
    sum=$(printf %s "$payload" | t_sha)
    records="$records$newline${#payload} ${sum%"${sum#????????????????}"} $payload$newline"
  done
  printf %s "$records" >>"$STATE/journal" || {
    rm -f "$STATE/reserve"
    printf %s "$records" >>"$STATE/journal"
  } || fail "the journal could not be written"
  t_sync "$STATE/journal" || fail "the journal could not be synced"
}

# release: lets the mutex go.
release() {
  exec 9>&-
  HELD=
}

# mutex: takes it, on descriptor 9. It is held over operations that follow each other.
mutex() {
  [ -w "$STATE/mutex" ] || return 97
  exec 9<>"$STATE/mutex"
  t_lock && return
  echo "another script is at work below $STATE and did not end within 20 s"
  exec 9>&-
  return 75
}

# fence: the mutex, and under it the proof that the lock is still ours.
fence() {
  [ "$HELD" ] && return
  mutex || return
  if [ "$(readlink "$STATE/lock")" = "$TOKEN" ]; then
    HELD=1
    return
  fi
  release
  return 97
}

# slow, quick: between them a line every 4 s, for half an hour at most, tells that work goes on.
slow() {
  (
    # A process that stays in a release keeps it from being pruned.
    cd /
    i=0
    while [ "$i" -lt 450 ]; do
      sleep 4 >/dev/null 2>&1
      say beat || exit
      i=$((i + 1))
    done
  ) 9>&- &
  beat=$!
  trap quick EXIT
}

quick() {
  [ -z "$beat" ] || kill "$beat" 2>/dev/null
  beat=
}

# spare OPERATION: gives up the reserve when the disk is full, and says whether to try again.
spare() {
  case $1 in assemble | seal) return 1 ;; esac
  [ -e "$STATE/reserve" ] || return
  free=$(df -Pk "$STATE" | awk 'NR == 2 { print $4 }')
  [ "${free:-1024}" -lt 256 ] && rm -f "$STATE/reserve"
}

# op INDEX OPERATION: performs one operation with the variables that args sets; a failure ends
# the script.
op() {
  now
  say "begin $1"
  fence
  rc=$?
  case $2:$rc in
  unlock:97) [ -L "$STATE/lock" ] || rc=0 ;;
  *:0)
    (args && "op_$2")
    rc=$?
    if [ "$rc" != 0 ] && spare "$2"; then
      (args && "op_$2")
      rc=$?
    fi
    ;;
  esac
  case $2:$rc in
  unlock:*) release ;;
  run:0)
    release
    NOW=
    (args && follow)
    rc=$?
    ;;
  esac
  finish "$1" "$rc"
}

# ask INDEX QUESTION: like op, for what needs no lock.
ask() {
  now
  say "begin $1"
  (args && "op_$2")
  finish "$1" "$?"
}

finish() {
  if [ "$2" != 0 ] && [ "$2" != 97 ]; then
    say "inodes $(df -Pi "$STATE" 2>/dev/null | awk 'NR == 2 { print $2 + 0, $4 + 0 }')"
  fi
  say "end $1 $2"
  [ "$2" = 0 ] && return
  say "done"
  exit 0
}
