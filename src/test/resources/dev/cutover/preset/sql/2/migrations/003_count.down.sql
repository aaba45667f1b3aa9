update counter set n = n - 1;
drop index items_by_name;
