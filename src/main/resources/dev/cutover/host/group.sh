# shellcheck shell=sh disable=SC2154,SC2034
# How the process group of the command in DIR stands. GROUP is its number, or empty. The status is
# 0 while any process of it is there;  1 when none is, though its number may be another's by now;
# 2 when there is a group of that number, and nothing proves that it is the command's.

GROUP=
begun=
[ ! -s "$DIR/pid" ] || read -r GROUP begun <"$DIR/pid"
case $GROUP in '' | *[!0-9]*) return 1 ;; esac
born=
case $begun in
boot=*)
  born=${begun%% *}
  born=${born#boot=}
  case $begun in *' '*) begun=${begun#* } ;; *) begun= ;; esac
  ;;
esac
[ "$BOOT" ] || boot
enc "$BOOT"
[ -z "$born" ] || [ "$born" = "$ENC" ] || return 1
kill -0 "-$GROUP" 2>/dev/null || return 1
stat=
if [ -d /proc/self ]; then
  { read -r stat <"/proc/$GROUP/stat"; } 2>/dev/null
else
  stat=$(ps -o lstart= -p "$GROUP" 2>/dev/null)
fi

if [ "$stat" ]; then
  [ "$begun" ] || return 2
  # The 22nd field tells when it began; the second, in parentheses, may hold anything.
  case $begun in
  *') '*)
    # shellcheck disable=SC2086
    set -- ${begun##*) }
    [ $# -ge 20 ] || return 2
    shift 19
    begun=$1
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    [ $# -ge 20 ] || return 2
    shift 19
    stat=$1
    ;;
  *)
    # shellcheck disable=SC2086
    set -- $stat
    stat=$*
    ;;
  esac
  [ "$begun" = "$stat" ]
  return
fi

# Its leader has ended. A session that the command has begun has its number, and whoever is in it
# either writes where the command writes, or has what the command was told.
physical "$DIR"
out=$PHYSICAL/out
for process in /proc/[0-9]*; do
  stat=
  { read -r stat <"$process/stat"; } 2>/dev/null
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  [ "$3/$4" = "$GROUP/$GROUP" ] || continue
  for file in 1 2; do
    [ "$(readlink "$process/fd/$file" 2>/dev/null)" != "$out" ] || return 0
  done
  if { tr '\0' '\n' <"$process/environ" | grep -qxF "DEPLOY_ROOT=$ROOT"; } 2>/dev/null; then return 0; fi
done
return 2
