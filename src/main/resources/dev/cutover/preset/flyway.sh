# shellcheck shell=sh disable=SC2086,SC2154
# Flyway. Settings: FLYWAY (flyway; with options if need be, e.g. "flyway -configFiles=conf/flyway.conf"),
# FLYWAY_URL, FLYWAY_USER, FLYWAY_PASSWORD (by default made of libpq's), FLYWAY_LOCATIONS; for backups
# libpq's. Its undo is not in the free editions: there is no down here, a backup takes its place.

flyway=${FLYWAY:-flyway}
if [ "${PGDATABASE-}" ]; then
  # The name in the URL is what an earlier run is known by in the server.
  FLYWAY_URL=${FLYWAY_URL:-"jdbc:postgresql://${PGHOST:-localhost}:${PGPORT:-5432}/$PGDATABASE?ApplicationName=$me"}
  FLYWAY_USER=${FLYWAY_USER:-${PGUSER-}}
  FLYWAY_PASSWORD=${FLYWAY_PASSWORD:-${PGPASSWORD-}}
  export FLYWAY_URL FLYWAY_USER FLYWAY_PASSWORD
fi

own() { echo 'flyway_schema_history%'; }

# A repeatable migration has no version: it goes by its description.
states() {
  said=$($flyway -outputType=json info 2>&1) || {
    printf '%s\n' "$said"
    return 9
  }
  printf '%s\n' "$said" | awk -F '"' '
    $2 == "version" { name = $4 }
    $2 == "description" && name == "" { name = "R:" $4 }
    $2 == "state" {
      gsub(/[ ,]/, "_", name)
      if ($4 ~ /^(Pending|Outdated)$/) print "cutover pending " name
      else if ($4 ~ /^Failed/) print "cutover begun " name
      else if ($4 !~ /^(Available|Ignored|Above Target|Below Baseline|Superseded|Undone)/) print "cutover applied " name
    }'
}

up() { settle && $flyway migrate && reached; }

check() {
  tell_check || return
  $flyway validate || return 9
}

version() { tell_version; }
backup() { dump; }
restore() { load; }
