-- Second factors of users, the devices they trust, and administrators' one-time links for who has lost every factor.

create table totp_factors (
  tenant_id varchar(21) not null,
  -- One authenticator app a user.
  user_id varchar(21) not null,
  id varchar(21) not null,
  secret_sealed text not null,
  -- The last time step of which a code was accepted: neither it nor an earlier one is accepted again.
  last_step bigint,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
select isolate_tenant('totp_factors');

create table passkeys (
  tenant_id varchar(21) not null,
  id varchar(21) not null,
  user_id varchar(21) not null,
  -- Base64url, as authenticators and browsers name it.
  credential_id varchar(1400) not null,
  public_key text not null,
  sign_count bigint not null,
  transports jsonb not null default '[]',
  rp_id varchar(256) not null,
  name varchar(128),
  -- The browser that it was made with.
  agent text,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create unique index passkeys_credential_key on passkeys (tenant_id, credential_id);
create index passkeys_by_user on passkeys (tenant_id, user_id, created_at);
select isolate_tenant('passkeys');

create table backup_codes (
  tenant_id varchar(21) not null,
  user_id varchar(21) not null,
  position smallint not null,
  -- The set's id, the same in all of its rows.
  set_id varchar(21) not null,
  -- Sealed, not hashed: the wire shows its owner the codes that are left.
  code_sealed text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, user_id, position),
  foreign key (tenant_id, user_id) references users on delete cascade
);
select isolate_tenant('backup_codes');

create table trusted_devices (
  tenant_id varchar(21) not null,
  id varchar(21) not null,
  user_id varchar(21) not null,
  secret_hash varchar(64) not null,
  agent text,
  ip varchar(64),
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index trusted_devices_by_user on trusted_devices (tenant_id, user_id, created_at);
create index trusted_devices_by_expiry on trusted_devices (tenant_id, expires_at);
select isolate_tenant('trusted_devices');

create table factor_recovery_links (
  tenant_id varchar(21) not null,
  token_hash varchar(64) not null,
  user_id varchar(21) not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index factor_recovery_links_by_user on factor_recovery_links (tenant_id, user_id);
select isolate_tenant('factor_recovery_links');
