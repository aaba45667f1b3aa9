# shellcheck shell=sh disable=SC2034
# choose_tools: TOOLS is the family of this host; MISSING what neither family has.

try_tools() {
  # What must not exist tells an option that is not known from a file that is not there.
  case $(mv -fT /dev/null/a /dev/null/b 2>&1) in
  *option* | *sage:* | *'not found'*) lacking="$lacking mv-T" ;;
  esac
  if sync /dev/null/a >/dev/null 2>&1; then lacking="$lacking sync-FILE"; fi
}

choose_tools() {
  MISSING=''
  lacking=''
  for tool in tar awk find od tr sed readlink; do
    command -v "$tool" >/dev/null || MISSING="$MISSING $tool"
  done
  for tool in flock setsid sha256sum; do
    command -v "$tool" >/dev/null || lacking="$lacking $tool"
  done
  # Of these it is known that mv -T and sync FILE are there; others are tried.
  case $lacking:$(mv --version 2>&1) in
  ':mv (GNU coreutils) '8.2[4-9]* | ':mv (GNU coreutils) '8.3* | ':mv (GNU coreutils) '9.*) ;;
  :*'BusyBox v1.3'[5-9].*) ;;
  *) try_tools ;;
  esac
  TOOLS=linux
  if [ "$lacking" ]; then
    if perl -MDigest::SHA -MIO::Handle -MPOSIX -MFile::Find -e 1 2>/dev/null; then
      TOOLS=perl
    else
      MISSING="$MISSING$lacking perl"
    fi
  fi
  "use_$TOOLS"
}
