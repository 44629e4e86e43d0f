-- Streams of the trail to receivers of the tenant's own.

-- The transaction that wrote an entry: entries become visible when it commits, which need not be in the order of their
-- times. A reader that stays behind the oldest transaction in progress and goes on by this column misses none.
-- Older entries have none; streams begin later than they do.
alter table audit_logs add column transaction_id xid8;
alter table audit_logs alter column transaction_id set default pg_current_xact_id();
create index audit_logs_by_transaction on audit_logs (tenant_id, transaction_id, id) where transaction_id is not null;

create table audit_streams (
  tenant_id varchar(21) not null references tenants on delete cascade,
  type varchar(16) not null check (type in ('syslog', 'http')),
  enabled boolean not null,
  -- Where to, without what is secret.
  destination jsonb not null,
  token_sealed text,
  -- The place: entries after this one, and none that are older than `since`.
  after_transaction xid8 not null,
  after_id varchar(21) not null default '',
  since timestamptz not null,
  sent_count bigint not null default 0,
  last_sent_at timestamptz,
  failures integer not null default 0,
  last_error varchar(256),
  retry_at timestamptz,
  -- Whoever sends holds the stream until then, so that two processes do not send the same entries side by side.
  leased_until timestamptz,
  primary key (tenant_id, type)
);
select isolate_tenant('audit_streams');
