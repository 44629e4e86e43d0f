-- Tokens of other providers, kept for users whose connector says so (features 8.6).
create table secrets (
  tenant_id varchar(21) not null,
  id varchar(21) not null,
  user_id varchar(21) not null,
  -- `social` or `enterprise_sso`.
  kind varchar(16) not null,
  -- What the account is linked under: the target of a social one, the connector of an enterprise one.
  provider varchar(128) not null,
  connector_id varchar(128) not null,
  identity_id varchar(512) not null,
  tokens_sealed text not null,
  -- What may be told of the tokens without opening them.
  metadata jsonb not null,
  -- Somebody asks the provider for fresh tokens until then; nobody else does.
  renewing_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Null for all others, which the foreign key leaves alone.
  social_target varchar(128) generated always as (case kind when 'social' then provider end) stored,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade,
  foreign key (tenant_id, user_id, social_target) references user_identities on delete cascade
);
create unique index secrets_provider_key on secrets (tenant_id, user_id, kind, provider);
create index secrets_by_identity on secrets (tenant_id, user_id, social_target);
create index secrets_by_connector on secrets (tenant_id, kind, connector_id);
select isolate_tenant('secrets');
