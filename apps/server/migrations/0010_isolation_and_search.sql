-- The session's tenant is looked up once a statement, where it was looked up once a row.
create or replace function isolate_tenant(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('drop policy if exists tenant_isolation on %s', target);
  execute format(
    'create policy tenant_isolation on %s using (tenant_id = (select current_setting(''latchkey.tenant'', true)) or (select current_setting(''latchkey.tenant'', true)) = ''*'') with check (tenant_id = (select current_setting(''latchkey.tenant'', true)) or (select current_setting(''latchkey.tenant'', true)) = ''*'')',
    target
  );
end $$;
select isolate_tenant(format('%I', tablename)::regclass)
from pg_policies where schemaname = current_schema() and policyname = 'tenant_isolation';

-- A column of its own, because an expression with coalesce never gets to its index behind row-level security:
-- PostgreSQL takes it for a function that could tell of other tenants' rows. See kernel/postgres/search-index.ts.
alter table users add column search_text text generated always as (
  coalesce(username, '') || ' ' || coalesce(primary_email, '') || ' ' || coalesce(primary_phone, '') || ' '
    || coalesce(name, '') || ' ' || id
) stored;
create index users_by_search_text on users using gin (search_text gin_trgm_ops);
drop index users_search;
