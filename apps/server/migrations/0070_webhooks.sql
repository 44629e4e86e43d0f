-- Webhooks: receivers, what is to be delivered to them, and each attempt.

create table webhooks (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  name varchar(256) not null,
  events jsonb not null,
  url varchar(2048) not null,
  retries integer,
  -- Headers of the receiver's own; sealed, because they carry credentials as often as not.
  headers_sealed text,
  signing_key_sealed text not null,
  -- Signs beside the current key until it ends, so that a receiver may change keys without a pause.
  previous_signing_key_sealed text,
  previous_signing_key_until timestamptz,
  enabled boolean not null default true,
  -- Failures since the last success; a receiver that keeps failing rests until retry_at.
  failures integer not null default 0,
  retry_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index webhooks_by_creation on webhooks (tenant_id, created_at desc, id);
select isolate_tenant('webhooks');

-- The outbox. A row is written in the transaction of the change that it tells of, one for each receiver.
create table webhook_deliveries (
  tenant_id varchar(21) not null references tenants on delete cascade,
  -- The message's id, the same in every attempt.
  id varchar(32) not null,
  webhook_id varchar(21) not null,
  -- Deliveries about one object go out in this order.
  sequence bigint generated always as identity,
  event varchar(64) not null,
  object_type varchar(64) not null,
  object_id varchar(2048) not null,
  -- Kept as text: the signature is over these very bytes, in every attempt.
  body text not null,
  state varchar(16) not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
  attempts integer not null default 0,
  -- When it may be tried. Whoever takes it moves this on, so that the others leave it alone meanwhile.
  due_at timestamptz not null,
  created_at timestamptz not null,
  -- Tried until then; sending again gives a new time.
  expires_at timestamptz not null,
  finished_at timestamptz,
  last_status integer,
  last_error varchar(256),
  primary key (tenant_id, id)
);
create index webhook_deliveries_due on webhook_deliveries (tenant_id, webhook_id, due_at) where state = 'pending';
create index webhook_deliveries_in_order on webhook_deliveries (tenant_id, webhook_id, object_type, object_id, sequence)
  where state = 'pending';
create index webhook_deliveries_finished on webhook_deliveries (tenant_id, webhook_id, state, sequence desc);
create index webhook_deliveries_by_end on webhook_deliveries (finished_at) where finished_at is not null;
select isolate_tenant('webhook_deliveries');

create table webhook_attempts (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  webhook_id varchar(21) not null,
  delivery_id varchar(32) not null,
  event varchar(64) not null,
  attempt integer not null,
  result varchar(16) not null check (result in ('Success', 'Error')),
  status integer,
  error varchar(256),
  duration_ms integer not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index webhook_attempts_by_time on webhook_attempts (tenant_id, webhook_id, created_at desc, id);
create index webhook_attempts_by_age on webhook_attempts (created_at);
select isolate_tenant('webhook_attempts');
