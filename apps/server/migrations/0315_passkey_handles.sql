-- The ids of accounts that were merged into one, under which devices keep the passkeys that came from there: browsers are
-- told of those keys by them (decision 0280), also when the last of them is gone.
create table passkey_handles (
  tenant_id varchar(21) not null,
  user_id varchar(21) not null,
  handle varchar(21) not null,
  primary key (tenant_id, user_id, handle),
  foreign key (tenant_id, user_id) references users on delete cascade
);
select isolate_tenant('passkey_handles');

select set_config('latchkey.tenant', '*', true);
insert into passkey_handles (tenant_id, user_id, handle)
select distinct tenant_id, user_id, user_handle from passkeys where user_handle is not null;
