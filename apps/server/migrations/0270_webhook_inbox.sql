-- Events as receivers are told of them, kept for developers while the development inbox is on.
create table development_inbox_webhooks (
  tenant_id varchar(21) not null references tenants on delete cascade,
  -- The message's id: that of the delivery, where there is a receiver.
  id varchar(32) not null,
  sequence bigint generated always as identity,
  -- Null for an event that no webhook asked for.
  webhook_id varchar(21),
  event varchar(64) not null,
  object_type varchar(64) not null,
  object_id varchar(2048) not null,
  body text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select isolate_tenant('development_inbox_webhooks');
create index development_inbox_webhooks_by_sequence on development_inbox_webhooks (tenant_id, sequence desc);
create index development_inbox_webhooks_by_age on development_inbox_webhooks (created_at);
