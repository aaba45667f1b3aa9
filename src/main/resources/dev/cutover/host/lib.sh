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
DATED=''
HELD=''
GRANTED=''
FENCED=''
KNOWN=''
BOOT=''
ASKING=''
HIDDEN=''
MADE=''
LISTED=''
beat=''
newline='
'
ASCII=' !"#$%&'"'"'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~'

say() { printf '%s %s\n' "$N" "$1"; }

# enc TEXT: ENC is TEXT, every byte as %xx when one of them is not safe.
enc() {
  case $1 in
  *[!A-Za-z0-9/._+,@:~=-]*)
    if [ ${#1} -le 300 ] && spell "$1"; then return; fi
    ENC=$(printf %s "$1" | od -An -v -tx1 | tr -s ' \n' '%%')
    ENC=${ENC%"%"}
    ;;
  *) ENC=$1 ;;
  esac
}

# spell TEXT: ENC is TEXT, every byte as %xx. Only for text that is short and printable ASCII: there
# it costs less than programs do.
spell() {
  ENC=
  spelt=$1
  while [ "$spelt" ]; do
    after=${spelt#?}
    before=${ASCII%%"${spelt%"$after"}"*}
    [ ${#before} -lt 95 ] || return
    low=$((${#before} % 16))
    case $low in
    10) low=a ;; 11) low=b ;; 12) low=c ;; 13) low=d ;; 14) low=e ;; 15) low=f ;;
    esac
    ENC=$ENC%$((${#before} / 16 + 2))$low
    spelt=$after
  done
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

# physical DIR: PHYSICAL is where DIR really lies, or empty. Going there tells it without a process of
# its own; nothing relies on where a script works before.
physical() {
  PHYSICAL=
  cd -P "$1/." 2>/dev/null || return
  PHYSICAL=$PWD
  cd /
}

# read_current: KIND is absent, live, dangling or other; ABS where the link leads. A release is known
# as one by whatever path the link or the root reaches it, through links too.
read_current() {
  ABS=
  if [ -L "$ROOT/current" ]; then
    if [ -d "$ROOT/current/." ]; then KIND=live; else KIND=dangling; fi
    physical "$ROOT/current"
    served=$PHYSICAL
    physical "$ROOT/releases"
    if [ "$served" ] && [ "$PHYSICAL" ] && [ "${served%/*}" = "$PHYSICAL" ]; then
      ABS=${ROOT%/}/releases/${served##*/}
    else
      absolute "$(readlink "$ROOT/current")"
    fi
  elif [ -e "$ROOT/current" ]; then
    KIND=other
  else
    KIND=absent
  fi
}

# now: NOW is the time in seconds, and DATED what the host's date said; 0 where that is no time. Who
# asks for the lock is refused then.
now() {
  [ -z "$NOW" ] || return 0
  DATED=$(date +%s)
  NOW=$DATED
  case $NOW in '' | 0* | *[!0-9]* | ????????????*) NOW=0 ;; esac
}

# is_long PAYLOAD: whether to look for it in KNOWN would take longer than to sum it up again: a shell
# compares patterns in time that grows with the square of their length.
is_long() { [ ${#1} -gt 2000 ]; }

# sum_up PAYLOAD...: KNOWN has each that is not long, with its sum in the line below it. One call for
# all that are new.
sum_up() {
  for payload; do
    shift
    ! is_long "$payload" || continue
    case $KNOWN in
    *"$newline$payload$newline"*) ;;
    *) set -- "$@" "$payload" ;;
    esac
  done
  [ $# -gt 0 ] || return 0
  sums=$(t_sha "$@") || return
  for payload; do
    KNOWN="$KNOWN$newline$payload$newline${sums%%"$newline"*}$newline"
    sums=${sums#*"$newline"}
  done
}

# foresee BODY...: sums up records that are going to be written, together, which takes less than one
# after the other. What then comes to be otherwise, or later, is summed up when it is written.
foresee() {
  now
  for body; do
    shift
    [ -z "$body" ] || set -- "$@" "$NOW $SEQ $body"
  done
  sum_up "$@"
}

# write_down BODY...: appends records. A record starts with a newline, so that it never glues to one
# that was torn. The reserve is given up when there is no room for it.
write_down() {
  for body; do
    set -- "$@" "$NOW $SEQ $body"
    shift
  done
  sum_up "$@" || fail "the records could not be summed up"
  records=
  for payload; do
    if is_long "$payload"; then
      sum=$(t_sha "$payload") || fail "the records could not be summed up"
    else
      sum=${KNOWN#*"$newline$payload$newline"}
    fi
    records="$records$newline${#payload} ${sum%"${sum#????????????????}"} $payload$newline"
  done
  printf %s "$records" >>"$STATE/journal" || {
    give_up
    printf %s "$records" >>"$STATE/journal"
  } || fail "the journal could not be written"
}

# record BODY...: appends records and syncs them.
record() {
  write_down "$@"
  t_sync "$STATE/journal" || fail "the journal could not be synced"
}

# release: lets the mutex go.
release() {
  exec 9>&-
  HELD=
}

# mutex: takes it, on descriptor 9. It is held over operations that follow each other.
mutex() {
  [ -e "$STATE/mutex" ] || return 97
  # Not writable it says nothing about whose the lock is; the shell says why.
  true >>"$STATE/mutex" || return 1
  exec 9<>"$STATE/mutex"
  t_lock && return
  echo "another script is at work below $STATE and did not end within 20 s"
  exec 9>&-
  return 75
}

# boot: BOOT tells this start of the machine from every other, where the machine says it.
boot() {
  if [ -r /proc/sys/kernel/random/boot_id ]; then
    read -r BOOT </proc/sys/kernel/random/boot_id
  else
    BOOT=$(sysctl -n kern.boottime 2>/dev/null)
  fi
}

# fence: the mutex, and under it the proof that the lock is still ours. A lock ends with the machine
# it was taken on: what was verified and not synced, and which commands were started, is not known
# any more after a power cut.
fence() {
  [ "$HELD" ] && return
  mutex || return
  boot
  booted=
  [ ! -s "$STATE/boot" ] || read -r booted <"$STATE/boot"
  if [ "$(readlink "$STATE/lock")" = "$TOKEN" ] && [ "$booted" = "$BOOT" ]; then
    HELD=1
    return
  fi
  release
  return 97
}

# advance FLOOR: SEQ is the next number of the sequence, above FLOOR, and the sequence is on disk
# with it. Under mutex.
advance() {
  SEQ=
  [ ! -s "$STATE/seq" ] || read -r SEQ <"$STATE/seq"
  # A sequence that was lost begins behind the highest number in the journal. Numbers are compared as
  # text: some awks print one of 2^31 and more as 2.14748e+09 once it was calculated with.
  case $SEQ in
  '' | *[!0-9]* | 0?* | ???????????????????*)
    SEQ=
    [ ! -s "$STATE/journal" ] || SEQ=$(awk '
      $4 ~ /^[0-9]+$/ && length($4) <= 18 {
        n = $4
        sub(/^0+/, "", n)
        if (length(n) > length(m) || length(n) == length(m) && n "" > m "") m = n
      }
      END { print m }' "$STATE/journal")
    ;;
  esac
  SEQ=${SEQ:-0}
  case $1 in
  ???????????????????*) ;;
  *) [ "$1" -le "$SEQ" ] || SEQ=$1 ;;
  esac
  SEQ=$((SEQ + 1))
  if ! { echo "$SEQ" >"$STATE/seq.new" && t_sync "$STATE/seq.new"; }; then
    give_up
    echo "$SEQ" >"$STATE/seq.new" && t_sync "$STATE/seq.new" || return
  fi
  t_rename "$STATE/seq.new" "$STATE/seq"
}

# slow, quick: between them a line every 4 s, for half an hour at most, tells that work goes on.
slow() {
  [ -z "$beat" ] || return 0
  (
    # A process that stays in a release keeps it from being pruned.
    cd /
    i=0
    while [ "$i" -lt 450 ]; do
      sleep 4 >/dev/null 2>&1
      # A script that was killed has nobody else to end this.
      kill -0 "$$" 2>/dev/null || exit
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

# The reserve: blocks, and the inodes of a switch back and a restart. A file that cannot be made ends
# a shell whose : or exec it was made for; true it only fails.
set_aside() {
  [ -s "$STATE/reserve" ] || dd if=/dev/zero of="$STATE/reserve" bs=65536 count=4 2>/dev/null || rm -f "$STATE/reserve"
  [ -e "$STATE/reserve.inodes/gg" ] || {
    mkdir -p "$STATE/reserve.inodes" &&
      for i in a b c d e f g; do true >"$STATE/reserve.inodes/$i" && true >"$STATE/reserve.inodes/$i$i" || break; done
  } 2>/dev/null
}

give_up() { rm -rf "$STATE/reserve" "$STATE/reserve.inodes"; }

# no_room: whether less is free than the reserve has, or not even a line can be written.
no_room() {
  {
    df -Pk "$STATE"
    df -Pi "$STATE"
  } 2>/dev/null | awk '
    /^Filesystem/ { part++; next }
    $4 !~ /^[0-9]+$/ { next }
    part == 1 && $4 < 256 || part == 2 && $2 ~ /^[0-9]+$/ && $2 > 0 && $4 < 16 { full = 1 }
    END { exit !full }' && return
  if echo 2>/dev/null >"$STATE/room"; then
    rm -f "$STATE/room"
    return 1
  fi
  rm -f "$STATE/room"
}

# tell_room: lets a tool say why nothing can be written, if nothing can: printf only knows "I/O error".
tell_room() {
  said=$(dd if=/dev/zero of="$STATE/room" bs=65536 count=1 2>&1) || echo "${said%%"$newline"*}"
  rm -f "$STATE/room" 2>/dev/null
}

# spare OPERATION: gives up the reserve when there is no room, and says whether to try again. What
# adds to a release does without it.
spare() {
  case $1 in assemble | seal | explain) return 1 ;; esac
  { [ -e "$STATE/reserve" ] || [ -e "$STATE/reserve.inodes" ]; } && no_room && give_up
}

# op INDEX OPERATION: performs one operation with the variables that args sets; a failure ends
# the script.
op() {
  # Of slow operations that follow each other one process tells.
  case $2 in
  assemble | seal) slow ;;
  *) quick ;;
  esac
  now
  FENCED=
  say "begin $1"
  fence
  rc=$?
  [ "$rc" != 97 ] || FENCED=1
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
  run:0 | await:0)
    release
    NOW=
    (args && follow)
    rc=$?
    ;;
  esac
  [ "$rc" = 0 ] || [ "$FENCED" ] || tell_room
  finish "$1" "$rc"
}

# ask INDEX QUESTION: like op, for what needs no lock.
ask() {
  say "begin $1"
  (args && "op_$2")
  finish "$1" "$?"
}

# finish INDEX STATUS: a word of its own tells a fence, for a command may end with any status.
finish() {
  if [ "$FENCED" ] && [ "$2" != 0 ]; then
    say "fenced"
  elif [ "$2" != 0 ]; then
    say "inodes $(df -Pi "$STATE" 2>/dev/null | awk 'NR == 2 { print $2, $4 }')"
  fi
  say "end $1 $2"
  [ "$2" = 0 ] && return
  say "done"
  exit 0
}
