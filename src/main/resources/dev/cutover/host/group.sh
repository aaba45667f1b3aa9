# shellcheck shell=sh disable=SC2154,SC2034
# How the process group of the command in DIR stands. GROUP is its number, or empty; the status is 0
# while any process of it is there. A number that is another process's by now does not count.

GROUP=
begun=
[ ! -s "$DIR/pid" ] || read -r GROUP begun <"$DIR/pid"
[ "$GROUP" ] || return 1
kill -0 "-$GROUP" 2>/dev/null || return 1
stat=
{ read -r stat <"/proc/$GROUP/stat"; } 2>/dev/null
[ "$stat" ] && [ "$begun" ] || return 0
# The 22nd field tells when it began; the second, in parentheses, may hold anything.
begun=${begun##*) }
stat=${stat##*) }
# shellcheck disable=SC2086
set -- $begun
[ $# -ge 20 ] || return 0
shift 19
begun=$1
# shellcheck disable=SC2086
set -- $stat
[ $# -ge 20 ] || return 0
shift 19
[ "$begun" = "$1" ]
