-- The trail answers by kind, by user, by application and by word, on an index in each case.

alter table audit_logs
  add column user_id varchar(128),
  add column application_id varchar(2048),
  -- What retention and filters go by.
  add column kind varchar(16) not null generated always as (
    case
      when key like 'ExchangeTokenBy.%' or key in ('RevokeToken', 'RevokeGrants', 'Interaction.Create', 'Interaction.End')
        then 'protocol'
      when key like 'Interaction.%' then 'signIn'
      else 'change'
    end
  ) stored,
  -- What is searched, with a trigram index. Requests for tokens are left out: they are many, and their facts have
  -- filters of their own. The state before a change is left out too: it was the state after an earlier one.
  add column search_text text generated always as (
    case
      when key like 'ExchangeTokenBy.%' or key in ('RevokeToken', 'RevokeGrants', 'Interaction.Create', 'Interaction.End')
        then null
      else left(key || ' ' || coalesce(actor_id, '') || ' ' || coalesce(target_id, '') || ' ' || coalesce(ip, '') || ' '
        || (payload - 'before')::text, 4000)
    end
  ) stored;

-- Migrations run outside of any tenant, where no row is seen.
select set_config('latchkey.tenant', '*', true);
update audit_logs set
  user_id = coalesce(payload ->> 'userId', case when target_type = 'User' then target_id end,
    case when actor_type = 'user' then actor_id end),
  application_id = coalesce(payload ->> 'applicationId', case when target_type = 'Application' then target_id end,
    case when actor_type = 'app' then actor_id end);

create index audit_logs_by_key on audit_logs (tenant_id, key, created_at desc, id);
create index audit_logs_by_kind on audit_logs (tenant_id, kind, created_at desc, id);
create index audit_logs_by_user on audit_logs (tenant_id, user_id, created_at desc, id) where user_id is not null;
create index audit_logs_by_application on audit_logs (tenant_id, application_id, created_at desc, id)
  where application_id is not null;

create index audit_logs_by_text on audit_logs using gin (search_text gin_trgm_ops) where search_text is not null;
