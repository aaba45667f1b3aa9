# shellcheck shell=sh disable=SC2154
# Tries in one probe directory, which it removes, what a release will need.
# SUDO  1 when a command uses sudo -n

problems=0
notes=0
problem() {
  problems=$((problems + 1))
  value "problem.$problems" "$1"
}
note() {
  notes=$((notes + 1))
  value "note.$notes" "$1"
}

near=$ROOT
inWay=
while [ ! -d "$near" ] && [ "$near" ]; do
  if [ -e "$near" ] || [ -L "$near" ]; then inWay=$near; fi
  near=${near%/*}
done
near=${near:-/}
if [ "$inWay" ]; then
  problem "$ROOT cannot be made: $inWay is no directory"
elif [ "$near" != "$ROOT" ]; then
  note "$ROOT does not exist; it will be made in $near"
fi
if [ "$MISSING" ]; then problem "needed and not there:$MISSING"; fi

probe=$near/.cutover-probe-$N
trap 'rm -rf "$probe"' EXIT
if ! mkdir "$probe" 2>/dev/null; then
  problem "$(id -un) cannot write in $near"
elif [ -z "$MISSING" ]; then
  mkdir "$probe/a" "$probe/b"
  ln -s "$probe/a" "$probe/current"
  ln -s "$probe/b" "$probe/next"
  if ! t_rename "$probe/next" "$probe/current" || [ "$(readlink "$probe/current")" != "$probe/b" ]; then
    problem "a link cannot be replaced by a rename in $near"
  fi
  : >"$probe/file"
  if t_link "$probe/b" "$probe/current" 2>/dev/null || [ -L "$probe/b/b" ]; then
    problem "a link that exists is not refused in $near"
  fi
  t_sync "$probe/file" "$probe" || problem "files and directories cannot be synced in $near"
  (
    exec 8<>"$probe/file"
    t_hold || exit
    ! t_free "$probe/file"
  ) || problem "flock does not lock in $near"
fi

killing=$(cat /etc/systemd/logind.conf /etc/systemd/logind.conf.d/*.conf 2>/dev/null | sed -n 's/^KillUserProcesses=//p' | tail -n 1)
case $killing in
yes | true | on | 1)
  note "systemd-logind has KillUserProcesses=yes: commands end when the connection does, and daemons that they start too"
  ;;
esac
case $umask0 in
*[0-3][0-5]) ;;
*) note "umask is $umask0; modes of a release come from the configuration, but commands make files with it" ;;
esac

if [ "$SUDO" ]; then
  if ! command -v sudo >/dev/null; then
    value sudo absent
  elif sudo -n true >/dev/null 2>&1; then
    value sudo yes
  else
    value sudo no
  fi
fi
