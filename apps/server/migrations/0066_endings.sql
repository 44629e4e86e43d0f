-- Why refresh tokens died before their time, for the developer whose next request fails. Kept as long as they would have lived.
create table oidc_endings (
  tenant_id varchar(21) not null references tenants on delete cascade,
  -- SHA-256 of the token, as in oidc_models.
  id varchar(64) not null,
  client_id varchar(2048),
  reason varchar(32) not null,
  ended_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create index oidc_endings_by_expiry on oidc_endings (expires_at);
select isolate_tenant('oidc_endings');
