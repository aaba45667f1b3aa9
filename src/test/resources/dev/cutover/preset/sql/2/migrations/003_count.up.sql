create index items_by_name on items (name);
update counter set n = n + 1;
