-- Enterprise single sign-on: the identity providers of a tenant's customers, and who has come from them.
create table sso_connectors (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(128) not null,
  provider_name varchar(128) not null,
  connector_name varchar(128) not null,
  config_sealed text not null,
  -- What the provider has said of itself (OIDC discovery, SAML metadata). Null: the configuration is not complete.
  provider jsonb,
  domains varchar(256)[] not null,
  branding jsonb not null,
  sync_profile boolean not null,
  enable_token_storage boolean not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index sso_connectors_name_key on sso_connectors (tenant_id, connector_name);
select isolate_tenant('sso_connectors');

-- Keys that our requests to a SAML provider are signed with.
create table sso_signing_keys (
  tenant_id varchar(21) not null,
  sso_connector_id varchar(128) not null,
  id varchar(21) not null,
  private_key_sealed text not null,
  certificate text not null,
  active boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, sso_connector_id, id),
  foreign key (tenant_id, sso_connector_id) references sso_connectors on delete cascade
);
-- One signs.
create unique index sso_signing_keys_active_key on sso_signing_keys (tenant_id, sso_connector_id) where active;
select isolate_tenant('sso_signing_keys');

create table user_sso_identities (
  tenant_id varchar(21) not null,
  id varchar(21) not null,
  user_id varchar(21) not null,
  -- An identity is what one connector has vouched for: another one that claims the same issuer does not reach it.
  sso_connector_id varchar(128) not null,
  issuer varchar(256) not null,
  identity_id varchar(128) not null,
  detail jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade,
  foreign key (tenant_id, sso_connector_id) references sso_connectors on delete cascade
);
create unique index user_sso_identities_identity_key
  on user_sso_identities (tenant_id, sso_connector_id, issuer, identity_id);
create unique index user_sso_identities_user_key on user_sso_identities (tenant_id, user_id, sso_connector_id);
select isolate_tenant('user_sso_identities');

alter table organization_jit_sso_connectors
  add foreign key (tenant_id, sso_connector_id) references sso_connectors on delete cascade;

-- Tokens of an enterprise provider go with the account there.
alter table secrets add column sso_connector_id varchar(128)
  generated always as (case kind when 'enterprise_sso' then provider end) stored;
alter table secrets add foreign key (tenant_id, user_id, sso_connector_id)
  references user_sso_identities (tenant_id, user_id, sso_connector_id) on delete cascade;
create index secrets_by_sso_identity on secrets (tenant_id, user_id, sso_connector_id);
