-- What a tenant adds to its sign-in pages: texts of its own, profile fields of its own, and a captcha.

create table custom_phrases (
  tenant_id varchar(21) not null references tenants on delete cascade,
  language_tag varchar(16) not null,
  id varchar(21) not null,
  -- Texts by group and key, as far as they differ from the built-in ones.
  translation jsonb not null,
  primary key (tenant_id, language_tag)
);
select isolate_tenant('custom_phrases');

create table custom_profile_fields (
  tenant_id varchar(21) not null references tenants on delete cascade,
  name varchar(128) not null,
  id varchar(21) not null,
  type varchar(16) not null,
  label varchar(128) not null,
  description varchar(256),
  required boolean not null,
  config jsonb not null,
  sie_order integer not null,
  created_at timestamptz not null,
  primary key (tenant_id, name)
);
select isolate_tenant('custom_profile_fields');

create table captcha_providers (
  tenant_id varchar(21) primary key references tenants on delete cascade,
  id varchar(128) not null,
  -- The site key is public, the secret key is not; they are sealed together.
  config_sealed text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
select isolate_tenant('captcha_providers');

-- Solved proofs of work, so that one is worth one request. Kept until the challenge would have expired anyway.
create table captcha_solutions (
  tenant_id varchar(21) not null references tenants on delete cascade,
  solution_hash varchar(64) not null,
  expires_at timestamptz not null,
  primary key (tenant_id, solution_hash)
);
create index captcha_solutions_by_expiry on captcha_solutions (tenant_id, expires_at);
select isolate_tenant('captcha_solutions');
