# shellcheck shell=sh disable=SC2034,SC2086,SC2154
# Comes before each built-in preset: reads the settings, and tells from what a tool says of its
# migrations what Cutover asks of a preset.
#
# Settings are assignments in SHARED_PATH/config/MIGRATION_ID.env; they are exported to the tool.
# libpq's variables among them (PGHOST PGPORT PGDATABASE PGUSER PGPASSWORD, PGSERVICE) let this
# file look at a PostgreSQL itself: whether an earlier run is still at work in it, and its schema.
#
# A preset defines
#   states  prints "cutover pending NAME", "cutover applied NAME" or "cutover begun NAME" for each
#           migration, oldest first, and may print "cutover at PLACE"
#   back    takes back the migrations $moved, newest first
#   own     the tables the tool keeps for itself, as an SQL pattern for SIMILAR TO

settings=$SHARED_PATH/config/$MIGRATION_ID.env
if [ -e "$settings" ]; then
  # In a shell of its own first: a mistake in it ends a shell with 2, which would mean "partly".
  # shellcheck disable=SC1090
  (. "$settings" && :) || {
    echo "$settings cannot be read as shell assignments"
    exit 9
  }
  set -a
  # shellcheck disable=SC1090
  . "$settings"
  set +a
fi
newline='
'
# What a run is known by in the server.
me=cutover-$MIGRATION_ID
PGAPPNAME=$me
export PGAPPNAME

# database: whether the settings say where a PostgreSQL is.
database() { [ "${PGDATABASE-}${PGSERVICE-}" ]; }

# psql for programs: no ~/.psqlrc, never a question for a password, and a statement that fails makes
# it fail; by itself it would exit 0.
for_programs='-X -q -w -A -t -v ON_ERROR_STOP=1'

# query ARGUMENT...: a part of the run.  ask ARGUMENT...: a question nobody needs to wait for.
query() { psql $for_programs "$@"; }
ask() { PGAPPNAME=cutover-ask psql $for_programs "$@"; }

# settle: waits for what an earlier run left at work in the server; a statement goes on when its
# client is killed. Fails when that does not end.
settle() {
  database || return 0
  waited=0
  while :; do
    busy=$(
      ask -v name="$me" -f - <<'EOF'
select count(*) from pg_stat_activity
where datname = current_database() and application_name = left(:'name', 63);
EOF
    ) || {
      echo "the database did not answer"
      return 9
    }
    [ "$busy" != 0 ] || return 0
    if [ "$waited" -ge "${CUTOVER_WAIT:-300}" ]; then
      echo "a statement of an earlier run is still at work in the database (select * from pg_stat_activity where application_name = '$me')"
      return 9
    fi
    [ "$waited" -gt 0 ] || echo "waiting for a statement of an earlier run that is still at work"
    sleep 1
    waited=$((waited + 1))
  done
}

# shape: a digest of the schema without the tool's own tables; empty where no PostgreSQL is known.
shape() {
  database || return 0
  ask -v own="$(own)" -f - <<'EOF'
with relations as (
  select c.oid, c.relkind, c.oid::regclass::text as name from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relname not similar to :'own'
), parts as (
  select concat_ws(' ', r.relkind, r.name, a.attname, format_type(a.atttypid, a.atttypmod),
    a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid)) as part
  from relations r
  join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
  where r.relkind <> 'i'
  union all
  select pg_get_indexdef(i.indexrelid) || i.indisvalid from pg_index i
  join relations r on r.oid = i.indrelid
  union all
  select concat_ws(' ', r.name, k.conname, pg_get_constraintdef(k.oid), k.convalidated)
  from pg_constraint k join relations r on r.oid = k.conrelid
  union all
  select concat_ws(' ', r.name, pg_get_viewdef(r.oid)) from relations r where r.relkind in ('v', 'm')
  union all
  select pg_get_triggerdef(t.oid) from pg_trigger t
  join relations r on r.oid = t.tgrelid where not t.tgisinternal
  union all
  select concat_ws(' ', p.oid::regprocedure, md5(p.prosrc)) from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select concat_ws(' ', t.typname, e.enumlabel) from pg_enum e join pg_type t on t.oid = e.enumtypid
)
select md5(coalesce(string_agg(part, E'\n' order by part collate "C"), '')) from parts;
EOF
}

# look: asks the tool. Sets pending, applied, begun and at.
look() {
  said=$(states 2>&1) || {
    printf '%s\n' "$said"
    return 9
  }
  pending=$(of pending)
  applied=$(of applied)
  begun=$(of begun)
  at=$(of at)
  at=${at:-$(printf '%s\n' "$applied" | sed -n '$p')}
}

of() { printf '%s\n' "$said" | sed -n "s/^cutover $1 //p"; }

# has LIST NAME: whether NAME is a line of LIST.
has() { printf '%s\n' "$1" | grep -Fxq -e "$2"; }

# MIGRATION_FROM is what tell_version said before up: a line for people, the place, and one for us,
# "pending=NAME,NAME shape=DIGEST ."; the dot shows that it is whole. Too many names are "*", all.
came_whole() {
  case ${MIGRATION_FROM-} in
  *' .') ;;
  '')
    echo "MIGRATION_FROM is empty: it is not known what there was before"
    false
    ;;
  *)
    echo "MIGRATION_FROM is not what version said"
    false
    ;;
  esac
}

from() {
  if [ "$1" = at ]; then
    printf '%s\n' "$MIGRATION_FROM" | sed -n 1p
  else
    printf '%s\n' "$MIGRATION_FROM" | sed -n 2p | tr ' ' '\n' | sed -n "s/^$1=//p"
  fi
}

# find_moved: sets moved, what was pending then and is not now, newest first.
find_moved() {
  moved=
  then=$(from pending | tr , '\n')
  [ "$then" != '*' ] || then=$applied$newline$begun
  for name in $then; do
    has "$pending" "$name" || moved="$name${moved:+ $moved}"
  done
}

# same_shape: whether the schema is what it was before up, as far as can be told.
same_shape() {
  before=$(from shape)
  [ "$before" ] || return 0
  now=$(shape) && [ "$now" = "$before" ]
}

tell_version() {
  look || return
  shape=$(shape) || return 9
  names=$(printf '%s' "$pending" | tr '\n' ,)
  if [ "${#names}" -gt 3000 ]; then
    if [ "$at" ]; then
      echo "too many migrations are pending to remember them by name: apply some by hand first"
      return 9
    fi
    names='*'
  fi
  echo "${at:-0}"
  echo "pending=$names shape=$shape ."
}

# tell_check: 0 applied, 1 not, 2 partly, 9 when it cannot be told.
tell_check() {
  settle && look || return 9
  if [ "$begun" ]; then
    echo "begun and not finished:" $begun
    return 2
  fi
  [ "$pending" ] || return 0
  echo "not applied:" $pending
  [ "${MIGRATION_FROM-}" ] || return 1
  came_whole || return 9
  find_moved
  if [ "$moved" ]; then
    echo "applied:" $moved
    return 2
  fi
  same_shape && return 1
  echo "none of it is recorded as applied, and yet the schema is not what it was before"
  return 9
}

# reached: whether all is applied. Up ends with it: Flyway, for one, exits 0 when its connection broke
# and the change was rolled back.
reached() {
  look || return 1
  [ "$pending$begun" ] || return 0
  echo "the tool is done and yet this is not applied:" $begun $pending
  return 1
}

# take_back: undoes what was applied since MIGRATION_FROM.
take_back() {
  came_whole && settle && look || return 1
  whole=$([ "$pending$begun" ] || echo yes)
  find_moved
  if [ "$moved" ]; then
    echo "taking back:" $moved
    back || return 1
    look || return 1
    find_moved
    if [ "$moved" ]; then
      echo "still applied:" $moved
      return 1
    fi
  fi
  same_shape && return
  echo "the schema is not what it was before"
  # What was whole is taken back by its author's word; what was half done has nobody's.
  [ "$whole" ]
}

# dump: a backup of the database to BACKUP_PATH; SQLITE names the file of an SQLite database.
dump() {
  umask 077
  if [ "${SQLITE-}" ]; then
    rm -f "$BACKUP_PATH"
    sqlite3 "$SQLITE" ".timeout 60000" "vacuum into '$(printf %s "$BACKUP_PATH" | sed "s/'/''/g")'"
  elif database; then
    pg_dump -w -Fc -f "$BACKUP_PATH"
  else
    echo "no backup: $settings sets neither PGDATABASE nor SQLITE"
    return 1
  fi
}

# load: the database as it was in BACKUP_PATH, in one transaction; all that the user owns and came
# since goes.
load() {
  if [ "${SQLITE-}" ]; then
    cp "$BACKUP_PATH" "$SQLITE.restored" && rm -f "$SQLITE-wal" "$SQLITE-shm" "$SQLITE-journal" &&
      mv -f "$SQLITE.restored" "$SQLITE"
    return
  fi
  {
    cat <<'EOF'
set client_min_messages = warning;
do $$
declare
  it record;
begin
  for it in
    select case when relkind = 'v' then 'view' when relkind = 'm' then 'materialized view'
      when relkind = 'S' then 'sequence' when relkind = 'f' then 'foreign table' else 'table' end
      as kind, c.oid::regclass::text as name from pg_class c
    where relkind in ('r', 'p', 'v', 'm', 'S', 'f') and relnamespace::regnamespace::text !~ '^"?pg_'
      and relowner = current_user::regrole
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
        and d.objid = c.oid and d.objsubid = 0 and d.deptype in ('e', 'i'))
    union all
    select 'routine', p.oid::regprocedure::text from pg_proc p
    where proowner = current_user::regrole and pronamespace::regnamespace::text !~ '^"?pg_'
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass
        and d.objid = p.oid and d.deptype = 'e')
    union all
    select 'type', t.oid::regtype::text from pg_type t
    where (typtype in ('e', 'd', 'r') or typtype = 'c'
        and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')) and typowner = current_user::regrole
      and typnamespace::regnamespace::text !~ '^"?pg_'
      and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass
        and d.objid = t.oid and d.deptype = 'e')
    union all
    select 'collation', l.oid::regcollation::text from pg_collation l
    where collowner = current_user::regrole and collnamespace::regnamespace::text !~ '^"?pg_'
    union all
    select 'schema', n.oid::regnamespace::text from pg_namespace n
    where nspowner = current_user::regrole and nspname <> 'public'
      and n.oid::regnamespace::text !~ '^"?pg_'
      and not exists (select from pg_depend d where d.classid = 'pg_namespace'::regclass
        and d.objid = n.oid and d.deptype = 'e')
  loop
    execute format('drop %s if exists %s cascade', it.kind, it.name);
  end loop;
end $$;
EOF
    # Whatever the script stood in, this ends it with an error, and so the transaction.
    pg_restore --clean --if-exists --no-owner -f - "$BACKUP_PATH" ||
      printf '\\.\ndo $$ begin raise exception %s; end $$;\n' "'the backup cannot be read'"
  } | query -1 -f - >/dev/null
}
