drop table counter;
drop table items;
