# shellcheck shell=sh disable=SC2034
# choose_tools: TOOLS is the family of this host; MISSING what neither family has.

choose_tools() {
  MISSING=''
  lacking=''
  for tool in tar awk find od tr sed readlink; do
    command -v "$tool" >/dev/null || MISSING="$MISSING $tool"
  done
  for tool in flock setsid sha256sum; do
    command -v "$tool" >/dev/null || lacking="$lacking $tool"
  done
  # What must not exist tells an option that is not known from a file that is not there.
  case $(mv -fT /dev/null/a /dev/null/b 2>&1) in
  *option* | *sage:* | *'not found'*) lacking="$lacking mv-T" ;;
  esac
  if sync /dev/null/a >/dev/null 2>&1; then lacking="$lacking sync-FILE"; fi
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
