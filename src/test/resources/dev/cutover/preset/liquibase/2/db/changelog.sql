--liquibase formatted sql
--changeset shop:items
create table items (id integer primary key, name text not null);
create table counter (n integer not null);
insert into counter values (0);
--rollback drop table counter;
--rollback drop table items;
--changeset shop:sales
alter table items add column price integer not null default 0;
create table sales (id integer primary key, item integer not null references items);
--rollback drop table sales;
--rollback alter table items drop column price;
--changeset shop:count
create index items_by_name on items (name);
update counter set n = n + 1;
--rollback update counter set n = n - 1;
--rollback drop index items_by_name;
