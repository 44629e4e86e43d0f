-- Tokens of links that are sent to an address and open its account once.
create table one_time_tokens (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  email varchar(128) not null,
  -- Sealed, not only hashed: the wire's list returns the tokens to an administrator.
  token_sealed text not null,
  token_hash varchar(64) not null,
  context jsonb not null default '{}',
  -- What has happened to it; that its time is over shows in expires_at.
  status varchar(16) not null check (status in ('active', 'consumed', 'revoked', 'expired')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index one_time_tokens_token_key on one_time_tokens (tenant_id, token_hash);
create index one_time_tokens_by_email on one_time_tokens (tenant_id, lower(email), created_at desc, id);
create index one_time_tokens_by_creation on one_time_tokens (tenant_id, created_at desc, id);
create index one_time_tokens_by_expiry on one_time_tokens (tenant_id, expires_at);
select isolate_tenant('one_time_tokens');
