# shellcheck shell=sh disable=SC2086,SC2154
# Rails. Settings: RAKE (bundle exec rake), RAILS_ENV (production), DATABASE_URL or what
# config/database.yml reads; for backups libpq's or SQLITE.

rake=${RAKE:-bundle exec rake}
RAILS_ENV=${RAILS_ENV:-production}
export RAILS_ENV

own() { echo 'schema_migrations%|ar_internal_metadata%'; }

states() {
  if said=$($rake db:migrate:status 2>&1); then
    printf '%s\n' "$said" |
      sed -n 's/^ *up  *\([0-9][0-9]*\) .*/cutover applied \1/p; s/^ *down  *\([0-9][0-9]*\) .*/cutover pending \1/p'
    return
  fi
  case $said in
  *'Schema migrations table does not exist yet'*)
    for file in db/migrate/*.rb; do
      name=${file##*/}
      [ ! -e "$file" ] || echo "cutover pending ${name%%_*}"
    done
    ;;
  *)
    printf '%s\n' "$said"
    return 9
    ;;
  esac
}

up() { settle && $rake db:migrate && reached; }

# Those of before are older than where it stood then only after a merge: one by one.
back() {
  last=$(from at)
  for name in $moved; do
    if [ "$name" -gt "$last" ]; then
      $rake db:migrate VERSION="$last" || return
      break
    fi
  done
  for name in $moved; do
    [ "$name" -gt "$last" ] || $rake db:migrate:down VERSION="$name" || return
  done
}

down() { take_back; }
check() { tell_check; }
version() { tell_version; }
backup() { dump; }
restore() { load; }
