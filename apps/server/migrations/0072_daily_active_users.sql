-- Who was active on which day (UTC): written once a day for each user, when the first token is issued.
create table daily_active_users (
  tenant_id varchar(21) not null references tenants on delete cascade,
  day date not null,
  user_id varchar(21) not null,
  primary key (tenant_id, day, user_id)
);
select isolate_tenant('daily_active_users');
