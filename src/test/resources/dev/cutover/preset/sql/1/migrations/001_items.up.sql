create table items (id integer primary key, name text not null);
create table counter (n integer not null);
insert into counter values (0);
