# shellcheck shell=sh disable=SC2016,SC2154
# Tries a TCP connection from the host itself.
# ADDRESS, PORT   LIMIT  seconds

if command -v perl >/dev/null; then
  perl -MIO::Socket::INET -e '
    IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1], Timeout => $ARGV[2])
      or die "$ARGV[0]:$ARGV[1]: $!\n"' -- "$ADDRESS" "$PORT" "$LIMIT"
elif command -v bash >/dev/null && command -v timeout >/dev/null; then
  timeout "$LIMIT" bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$ADDRESS" "$PORT"
  rc=$?
  [ "$rc" != 124 ] || value ended deadline
  exit "$rc"
elif command -v nc >/dev/null; then
  nc -z -w "$LIMIT" "$ADDRESS" "$PORT"
else
  fail "none of perl, bash and nc is there" 69
fi
