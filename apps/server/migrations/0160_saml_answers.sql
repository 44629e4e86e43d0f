-- Answers of SAML identity providers on their way: a provider posts to the server from its own site, where the browser
-- sends no cookie along, so that the answer waits here until the browser comes back with it.
create table saml_answers (
  tenant_id varchar(21) not null references tenants on delete cascade,
  connector_id varchar(128) not null,
  state_hash varchar(64) not null,
  -- Where the browser goes when the answer is there.
  redirect_uri varchar(2048) not null,
  -- Null until it is there. The first one counts, and is read once.
  response_sealed text,
  expires_at timestamptz not null,
  primary key (tenant_id, connector_id, state_hash)
);
create index saml_answers_by_expiry on saml_answers (tenant_id, expires_at);
select isolate_tenant('saml_answers');
