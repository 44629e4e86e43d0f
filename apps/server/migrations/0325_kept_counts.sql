-- How many users a tenant has and how many members an organization has is kept count of where it changes, as the
-- holders of roles are (0300): a list counted every user after each that came, and every member of each organization.
-- A count lies in several rows, of which a transaction takes any that no other one holds at this moment.
create table user_counts (
  tenant_id varchar(21) not null references tenants on delete cascade,
  slot bigint not null generated always as identity,
  users bigint not null default 0,
  primary key (tenant_id, slot)
) with (fillfactor = 50);
select isolate_tenant('user_counts');

create table organization_member_counts (
  tenant_id varchar(21) not null,
  organization_id varchar(21) not null,
  slot bigint not null generated always as identity,
  users bigint not null default 0,
  applications bigint not null default 0,
  primary key (tenant_id, organization_id, slot),
  foreign key (tenant_id, organization_id) references organizations on delete cascade
) with (fillfactor = 50);
select isolate_tenant('organization_member_counts');

create function count_users() returns trigger language plpgsql as $$
declare
  step record;
begin
  for step in
    select tenant_id, (case when tg_op = 'INSERT' then 1 else -1 end) * count(*) as users from changed group by tenant_id
  loop
    update user_counts c set users = c.users + step.users
    where c.tenant_id = step.tenant_id and c.slot = (
      select free.slot from user_counts free where free.tenant_id = step.tenant_id limit 1 for update skip locked);
    if not found then
      -- Nothing where the tenant itself is being deleted.
      insert into user_counts (tenant_id, users) select t.id, step.users from tenants t where t.id = step.tenant_id;
    end if;
  end loop;
  return null;
end $$;

-- The argument is the kind of member.
create function count_organization_members() returns trigger language plpgsql as $$
declare
  step record;
begin
  for step in
    select tenant_id, organization_id,
      case when tg_argv[0] = 'users' then sign * count(*) else 0 end as users,
      case when tg_argv[0] = 'applications' then sign * count(*) else 0 end as applications
    from changed cross join (select case when tg_op = 'INSERT' then 1 else -1 end as sign) as direction
    group by tenant_id, organization_id, sign
  loop
    update organization_member_counts c
    set users = c.users + step.users, applications = c.applications + step.applications
    where c.tenant_id = step.tenant_id and c.organization_id = step.organization_id and c.slot = (
      select free.slot from organization_member_counts free
      where free.tenant_id = step.tenant_id and free.organization_id = step.organization_id
      limit 1 for update skip locked);
    if not found then
      -- Nothing where the organization itself is being deleted.
      insert into organization_member_counts (tenant_id, organization_id, users, applications)
      select o.tenant_id, o.id, step.users, step.applications from organizations o
      where o.tenant_id = step.tenant_id and o.id = step.organization_id;
    end if;
  end loop;
  return null;
end $$;

create trigger count_added after insert on users
  referencing new table as changed for each statement execute function count_users();
create trigger count_removed after delete on users
  referencing old table as changed for each statement execute function count_users();
create trigger count_added after insert on organization_users
  referencing new table as changed for each statement execute function count_organization_members('users');
create trigger count_removed after delete on organization_users
  referencing old table as changed for each statement execute function count_organization_members('users');
create trigger count_added after insert on organization_applications
  referencing new table as changed for each statement execute function count_organization_members('applications');
create trigger count_removed after delete on organization_applications
  referencing old table as changed for each statement execute function count_organization_members('applications');

select set_config('latchkey.tenant', '*', true);
-- The triggers' creation waits for writers and keeps others out until the end, so that these counts miss nobody.
insert into user_counts (tenant_id, users) select tenant_id, count(*) from users group by tenant_id;
insert into organization_member_counts (tenant_id, organization_id, users, applications)
select tenant_id, organization_id, count(*) filter (where kind = 'users'), count(*) filter (where kind = 'applications')
from (
  select tenant_id, organization_id, 'users' as kind from organization_users
  union all
  select tenant_id, organization_id, 'applications' from organization_applications
) as members group by tenant_id, organization_id;

-- Holders of one role in an order of their own: to show three of them, PostgreSQL went through those of all roles where
-- a few roles are held by everybody.
create index users_roles_by_holder on users_roles (tenant_id, role_id, user_id);
drop index users_roles_by_role;
