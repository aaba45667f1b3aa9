# shellcheck shell=sh disable=SC2086,SC2154
# Django. Settings: PYTHON (python3; e.g. .venv/bin/python), MANAGE (manage.py),
# DJANGO_SETTINGS_MODULE and what the settings read; for backups libpq's or SQLITE.

manage="${PYTHON:-python3} ${MANAGE:-manage.py}"

own() { echo 'django_migrations%'; }

states() {
  said=$($manage showmigrations --plan --no-color 2>&1) || {
    printf '%s\n' "$said"
    return 9
  }
  printf '%s\n' "$said" |
    sed -n 's/^\[X\] *\([^ ]*\).*/cutover applied \1/p; s/^\[ \] *\([^ ]*\).*/cutover pending \1/p'
}

up() { settle && $manage migrate --noinput --no-color && reached; }

# Each app that moved goes back to the last of its migrations that did not.
back() {
  for app in $(printf '%s\n' $moved | sed 's/\..*//' | awk '!seen[$0]++'); do
    target=zero
    for name in $applied; do
      case $name in
      "$app".*) has "$(printf '%s\n' $moved)" "$name" || target=${name#*.} ;;
      esac
    done
    $manage migrate --noinput --no-color "$app" "$target" || return
  done
}

down() { take_back; }
check() { tell_check; }
version() { tell_version; }
backup() { dump; }
restore() { load; }
