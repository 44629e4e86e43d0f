-- Applications that sign people in by SAML 2.0, with this server as their identity provider.
create table saml_application_configs (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  -- Names of attributes by the claim that fills them.
  attribute_mapping jsonb not null,
  entity_id varchar(128),
  acs_url jsonb,
  encryption jsonb,
  name_id_format varchar(128) not null,
  primary key (tenant_id, application_id),
  foreign key (tenant_id, application_id) references applications on delete cascade
);
create unique index saml_application_configs_entity_key on saml_application_configs (tenant_id, entity_id);
select isolate_tenant('saml_application_configs');

-- Keys that answers are signed with.
create table saml_application_secrets (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  id varchar(21) not null,
  private_key_sealed text not null,
  certificate text not null,
  active boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, application_id, id),
  foreign key (tenant_id, application_id) references saml_application_configs on delete cascade
);
-- One signs.
create unique index saml_application_secrets_active_key
  on saml_application_secrets (tenant_id, application_id) where active;
select isolate_tenant('saml_application_secrets');

-- Requests of service providers, from when they come until they can come no more: each is answered once.
create table saml_sign_ins (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  request_id varchar(256) not null,
  state_hash varchar(64) not null,
  -- The browser that has brought the request, by its cookie.
  browser_hash varchar(64) not null,
  relay_state varchar(512),
  answered_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, application_id, request_id),
  foreign key (tenant_id, application_id) references saml_application_configs on delete cascade
);
create index saml_sign_ins_by_expiry on saml_sign_ins (tenant_id, expires_at);
select isolate_tenant('saml_sign_ins');
