# shellcheck shell=sh disable=SC2086,SC2154
# Plain SQL, for PostgreSQL through psql: migrations/NNN_name.up.sql, and .down.sql beside it.
#
# The table cutover_migrations says what is applied. A change and its line there are one transaction,
# unless the first line of the file is "-- cutover: no-transaction": then the line stands without
# applied_at while the change is at work, and if it stops half way, until it is taken back.
# Settings: MIGRATIONS_DIR (migrations), and libpq's.

files=${MIGRATIONS_DIR:-migrations}
# The order of the files is that of their bytes.
LC_ALL=C

own() { echo cutover_migrations%; }

states() {
  if ! database; then
    echo "$settings does not set PGDATABASE"
    return 9
  fi
  rows=$(
    ask -f - <<'EOF'
select to_regclass('cutover_migrations') is not null as there \gset
\if :there
select case when applied_at is null then 'begun' else 'applied' end, name, sha256
from cutover_migrations order by id;
\endif
EOF
  ) || return
  printf '%s\n' "$rows" | sed -n 's/^\([a-z][a-z]*\)|\([^|]*\)|.*/cutover \1 \2/p'
  for file in "$files"/*.up.sql; do
    if [ ! -e "$file" ]; then
      echo "there is no $files/NNN_name.up.sql in $RELEASE_PATH"
      return 9
    fi
    name=$(named "$file")
    case $name in
    *[!A-Za-z0-9._-]*)
      echo "$file: only letters, digits, dots, dashes and underscores make a name"
      return 9
      ;;
    esac
    known=$(printf '%s\n' "$rows" | sed -n "s/^[a-z]*|$name|//p")
    if [ -z "$known" ]; then
      echo "cutover pending $name"
    elif [ "$known" != "$(digest "$file")" ]; then
      echo "$file is not what was applied under that name: never change one, add another"
      return 9
    fi
  done
}

named() {
  name=${1##*/}
  echo "${name%.up.sql}"
}

digest() { { sha256sum || shasum -a 256; } <"$1" 2>/dev/null | cut -c 1-64; }

# change NAME FILE BEFORE AFTER: runs FILE between two statements about its line in the ledger. One
# change at a time, by whatever host and user.
change() {
  single=-1
  [ "$(sed -n '1s/[[:space:]]*$//p' "$2")" != "-- cutover: no-transaction" ] || single=
  echo "$2"
  query $single -v name="$1" -v file="$2" -v sha="$(digest "$2")" -v release="$RELEASE_ID" -f - <<EOF
set client_min_messages = warning;
select pg_try_advisory_lock(hashtext('cutover_migrations')) as alone \gset
\if :alone
\else
do \$\$ begin raise exception 'another run is at work on cutover_migrations'; end \$\$;
\endif
create table if not exists cutover_migrations (
  id integer generated always as identity,
  name text primary key,
  sha256 text not null,
  applied_at timestamptz,
  release text not null
);
$3;
\i :file
$4;
EOF
}

up() {
  settle && look || return 1
  if [ "$begun" ]; then
    echo "begun and not finished:" $begun
    return 1
  fi
  for name in $pending; do
    change "$name" "$files/$name.up.sql" \
      "insert into cutover_migrations (name, sha256, release) values (:'name', :'sha', :'release')" \
      "update cutover_migrations set applied_at = now() where name = :'name'" || return 1
  done
  reached
}

back() {
  for name in $moved; do
    [ -e "$files/$name.down.sql" ] || {
      echo "there is no $files/$name.down.sql"
      return 1
    }
  done
  for name in $moved; do
    change "$name" "$files/$name.down.sql" \
      "update cutover_migrations set applied_at = null where name = :'name'" \
      "delete from cutover_migrations where name = :'name'" || return 1
  done
}

down() { take_back; }
check() { tell_check; }
version() { tell_version; }
backup() { dump; }
restore() { load; }
