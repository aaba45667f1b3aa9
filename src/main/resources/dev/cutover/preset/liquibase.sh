# shellcheck shell=sh disable=SC2086,SC2154
# Liquibase. Settings: LIQUIBASE (liquibase; with options if need be), LIQUIBASE_COMMAND_CHANGELOG_FILE,
# LIQUIBASE_COMMAND_URL, LIQUIBASE_COMMAND_USERNAME, LIQUIBASE_COMMAND_PASSWORD (by default made of
# libpq's); for backups libpq's. A change set that Liquibase cannot undo by itself needs its own
# rollback.

liquibase="${LIQUIBASE:-liquibase} --show-banner=false"
if [ "${PGDATABASE-}" ]; then
  # The name in the URL is what an earlier run is known by in the server.
  LIQUIBASE_COMMAND_URL=${LIQUIBASE_COMMAND_URL:-"jdbc:postgresql://${PGHOST:-localhost}:${PGPORT:-5432}/$PGDATABASE?ApplicationName=$me"}
  LIQUIBASE_COMMAND_USERNAME=${LIQUIBASE_COMMAND_USERNAME:-${PGUSER-}}
  LIQUIBASE_COMMAND_PASSWORD=${LIQUIBASE_COMMAND_PASSWORD:-${PGPASSWORD-}}
  export LIQUIBASE_COMMAND_URL LIQUIBASE_COMMAND_USERNAME LIQUIBASE_COMMAND_PASSWORD
fi

own() { echo 'databasechangelog%'; }

# It lists the pending alone, as "     FILE::ID::AUTHOR"; its place is the tag that up sets.
states() {
  echo "cutover at cutover-$RELEASE_ID"
  said=$($liquibase status --verbose 2>&1) || {
    printf '%s\n' "$said"
    return 9
  }
  printf '%s\n' "$said" | grep '^ *[^ ].*::.*::' |
    sed 's/^ *//; s/ *$//; s/[ ,=]/_/g; s/^/cutover pending /' || :
}

# unlock: Liquibase's lock outlives a client that was killed, or that lost its connection when it was
# to give it back, which it does not call a failure; the next would wait for it in vain.
# One that stays while no connection of ours is in the server is such a one; an application that
# migrates when it starts is given 15 s to let it go.
unlock() {
  database || return 0
  for _ in 1 2 3 4 5; do
    left=$(
      ask -f - <<'EOF'
select to_regclass('databasechangeloglock') is not null as there \gset
\if :there
select count(*) from databasechangeloglock where locked;
\endif
EOF
    ) || return
    [ "${left:-0}" != 0 ] || return 0
    sleep 3
  done
  $liquibase release-locks
}

up() {
  settle && unlock && $liquibase tag --tag="cutover-$RELEASE_ID" &&
    unlock && $liquibase update && reached
}

back() { unlock && $liquibase rollback --tag="$(from at)"; }

down() { take_back; }
check() { tell_check; }
version() { tell_version; }
backup() { dump; }
restore() { load; }
