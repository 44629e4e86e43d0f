-- ID tokens that a provider's script has brought to a page (Google One Tap): each signs somebody in once.
create table spent_credentials (
  tenant_id varchar(21) not null references tenants on delete cascade,
  credential_hash varchar(64) not null,
  -- The token itself is over then, and nobody would take it.
  expires_at timestamptz not null,
  primary key (tenant_id, credential_hash)
);
create index spent_credentials_by_expiry on spent_credentials (tenant_id, expires_at);
select isolate_tenant('spent_credentials');
