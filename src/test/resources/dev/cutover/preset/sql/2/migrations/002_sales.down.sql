drop table sales;
alter table items drop column price;
