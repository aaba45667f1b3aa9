# shellcheck shell=sh disable=SC2086,SC2154
# Laravel. Settings: PHP (php), and what config/database.php reads; for backups libpq's or SQLITE.

artisan="${PHP:-php} artisan"

own() { echo 'migrations|migrations_id_seq|migrations_pkey'; }

# A line is "| Yes  | NAME | 1 |" up to Laravel 8, and "  NAME ..... [1] Ran" since.
states() {
  said=$($artisan migrate:status --no-ansi 2>&1) || case $said in
  *'igration table not found'*)
    $artisan migrate:install --no-ansi && said=$($artisan migrate:status --no-ansi 2>&1) ;;
  *) false ;;
  esac || {
    printf '%s\n' "$said"
    return 9
  }
  printf '%s\n' "$said" | sed -n \
    -e 's/^| Yes *| \([^ ]*\) .*/cutover applied \1/p' \
    -e 's/^| No *| \([^ ]*\) .*/cutover pending \1/p' \
    -e 's/^ *\([^ ]*\) \.\.* .*Ran *$/cutover applied \1/p' \
    -e 's/^ *\([^ ]*\) \.\.* *Pending *$/cutover pending \1/p'
}

up() { settle && $artisan migrate --force --no-ansi && reached; }

back() {
  count=0
  for name in $moved; do
    count=$((count + 1))
  done
  $artisan migrate:rollback --force --no-ansi --step="$count"
}

down() { take_back; }
check() { tell_check; }
version() { tell_version; }
backup() { dump; }
restore() { load; }
