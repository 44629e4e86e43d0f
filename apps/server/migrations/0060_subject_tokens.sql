-- What a program may exchange at the token endpoint for a user's access token (RFC 8693).

-- Impersonation: made by the tenant's backend for one user, spent by one exchange.
create table subject_tokens (
  tenant_id varchar(21) not null,
  -- SHA-256 of the value.
  id varchar(64) not null,
  user_id varchar(21) not null,
  -- Facts of the caller, shown to the custom claims script.
  context jsonb not null default '{}',
  created_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index subject_tokens_by_user on subject_tokens (tenant_id, user_id);
create index subject_tokens_by_expiry on subject_tokens (expires_at);
select isolate_tenant('subject_tokens');

-- Long-lived secrets of a user's own scripts.
create table personal_access_tokens (
  tenant_id varchar(21) not null,
  user_id varchar(21) not null,
  name varchar(256) not null,
  value_hash varchar(64) not null,
  -- The last characters, by which people tell their tokens apart.
  hint varchar(8) not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (tenant_id, user_id, name),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create unique index personal_access_tokens_value_key on personal_access_tokens (tenant_id, value_hash);
select isolate_tenant('personal_access_tokens');
