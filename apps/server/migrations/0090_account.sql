-- What account owners do for themselves: how much of it a tenant allows, and the proofs they show for it.

create table account_centers (
  tenant_id varchar(21) primary key references tenants on delete cascade,
  -- What differs from the defaults in account-center.contract.ts.
  settings jsonb not null default '{}',
  updated_at timestamptz not null
);
select isolate_tenant('account_centers');

-- A proof that a signed-in user has begun or given: of being the owner, or of owning a new address, account or key.
create table verification_records (
  tenant_id varchar(21) not null,
  id varchar(21) not null,
  user_id varchar(21) not null,
  type varchar(32) not null,
  -- What it proves; a provider's session and a passkey's challenge until it is given.
  data jsonb not null,
  verified boolean not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index verification_records_by_user on verification_records (tenant_id, user_id);
create index verification_records_by_expiry on verification_records (tenant_id, expires_at);
select isolate_tenant('verification_records');
