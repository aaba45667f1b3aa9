alter table items add column price integer not null default 0;
create table sales (id integer primary key, item integer not null references items);
