-- Clients that registered themselves (RFC 7591): each is an application, with the token by which it manages itself.
create table registered_clients (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  -- SHA-256 of the registration access token (RFC 7592 §3).
  token_hash varchar(64) not null,
  ip varchar(64),
  created_at timestamptz not null,
  primary key (tenant_id, application_id),
  foreign key (tenant_id, application_id) references applications on delete cascade
);
create index registered_clients_by_creation on registered_clients (tenant_id, created_at);
select isolate_tenant('registered_clients');

-- What an administrator gives to somebody who may register clients (RFC 7591 §3).
create table initial_access_tokens (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  name varchar(128) not null,
  value_hash varchar(64) not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  primary key (tenant_id, id)
);
create unique index initial_access_tokens_value_key on initial_access_tokens (tenant_id, value_hash);
select isolate_tenant('initial_access_tokens');
