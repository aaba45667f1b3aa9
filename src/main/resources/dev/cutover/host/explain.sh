# shellcheck shell=sh disable=SC2154
# Tries to write where an upload failed, so that the tools here tell why: SFTP only knows "Failure".

try=$STATE/staging/.try-$N
said=$(dd if=/dev/zero of="$try" bs=65536 count=4 2>&1) && rm -f "$try" && exit
rm -f "$try"
fail "${said%%"$newline"*}"
