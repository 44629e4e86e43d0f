-- How many hold a role is written down where it changes: a list of roles counted everybody who held one of them.
-- A count lies in several rows, of which a transaction takes any that no other one holds at this moment, so that nobody
-- waits for a role that everybody gets. There are as many as ever changed it at the same time; their sum is the count.
create table role_holders (
  tenant_id varchar(21) not null,
  role_id varchar(21) not null,
  slot bigint not null generated always as identity,
  users bigint not null default 0,
  applications bigint not null default 0,
  primary key (tenant_id, role_id, slot),
  foreign key (tenant_id, role_id) references roles on delete cascade
) with (fillfactor = 50);
select isolate_tenant('role_holders');

-- Once a statement, with the rows that it has added or removed; the argument is the kind of holder.
create function count_role_holders() returns trigger language plpgsql as $$
declare
  step record;
begin
  for step in
    select tenant_id, role_id,
      case when tg_argv[0] = 'users' then sign * count(*) else 0 end as users,
      case when tg_argv[0] = 'applications' then sign * count(*) else 0 end as applications
    from changed cross join (select case when tg_op = 'INSERT' then 1 else -1 end as sign) as direction
    group by tenant_id, role_id, sign
  loop
    update role_holders h set users = h.users + step.users, applications = h.applications + step.applications
    where h.tenant_id = step.tenant_id and h.role_id = step.role_id and h.slot = (
      select free.slot from role_holders free
      where free.tenant_id = step.tenant_id and free.role_id = step.role_id
      limit 1 for update skip locked);
    if not found then
      -- Nothing where the role itself is being deleted, of which the last holders go.
      insert into role_holders (tenant_id, role_id, users, applications)
      select r.tenant_id, r.id, step.users, step.applications from roles r
      where r.tenant_id = step.tenant_id and r.id = step.role_id;
    end if;
  end loop;
  return null;
end $$;

create trigger count_added after insert on users_roles
  referencing new table as changed for each statement execute function count_role_holders('users');
create trigger count_removed after delete on users_roles
  referencing old table as changed for each statement execute function count_role_holders('users');
create trigger count_added after insert on applications_roles
  referencing new table as changed for each statement execute function count_role_holders('applications');
create trigger count_removed after delete on applications_roles
  referencing old table as changed for each statement execute function count_role_holders('applications');

select set_config('latchkey.tenant', '*', true);
-- The triggers' creation waits for writers and keeps others out until the end, so that these counts miss nobody.
insert into role_holders (tenant_id, role_id, users, applications)
select tenant_id, role_id, count(*) filter (where kind = 'users'), count(*) filter (where kind = 'applications')
from (
  select tenant_id, role_id, 'users' as kind from users_roles
  union all
  select tenant_id, role_id, 'applications' from applications_roles
) as held group by tenant_id, role_id;
