-- The foundation: tenants, the audit trail, operators' one-time links, applications, users, connectors,
-- sign-in settings, protocol rows and the authorization tables that tokens are made from.
-- Every table but `tenants` leads its keys with tenant_id and is closed by row-level security.

-- Puts a table behind the tenancy's second wall.
-- FORCE, because the server's role owns the tables and owners are otherwise exempt.
-- '*' is the setting of system work (start, clean-up, the command line).
create function isolate_tenant(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy tenant_isolation on %s using (tenant_id = current_setting(''latchkey.tenant'', true) or current_setting(''latchkey.tenant'', true) = ''*'') with check (tenant_id = current_setting(''latchkey.tenant'', true) or current_setting(''latchkey.tenant'', true) = ''*'')',
    target
  );
end $$;

create table tenants (
  id varchar(21) primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,20}$'),
  name varchar(128) not null,
  created_at timestamptz not null default now()
);

create table audit_logs (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  key varchar(128) not null,
  -- Success or Error.
  result varchar(16) not null,
  actor_type varchar(16) not null,
  actor_id varchar(128),
  target_type varchar(64),
  target_id varchar(2048),
  request_id varchar(64) not null,
  ip varchar(64),
  user_agent text,
  -- What happened: before and after of a change, the error of a failure; secrets masked before they come here.
  payload jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index audit_logs_by_time on audit_logs (tenant_id, created_at desc, id);
create index audit_logs_by_target on audit_logs (tenant_id, target_type, target_id, created_at desc);

create table tenant_settings (
  tenant_id varchar(21) not null references tenants on delete cascade,
  key varchar(64) not null,
  value jsonb not null,
  primary key (tenant_id, key)
);

-- Users ----------------------------------------------------------------------------------------------------------

create table users (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  username varchar(128),
  primary_email varchar(128),
  primary_phone varchar(128),
  name varchar(128),
  avatar varchar(2048),
  profile jsonb not null default '{}',
  custom_data jsonb not null default '{}',
  logto_config jsonb not null default '{}',
  application_id varchar(21),
  is_suspended boolean not null default false,
  is_password_expired boolean not null default false,
  password_digest varchar(512),
  password_algorithm varchar(16),
  password_updated_at timestamptz,
  last_sign_in_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index users_username_key on users (tenant_id, username);
create unique index users_primary_email_key on users (tenant_id, lower(primary_email));
create unique index users_primary_phone_key on users (tenant_id, primary_phone);
create index users_by_creation on users (tenant_id, created_at desc, id);

create table user_identities (
  tenant_id varchar(21) not null,
  user_id varchar(21) not null,
  target varchar(128) not null,
  -- The user's id at the provider.
  identity_id varchar(512) not null,
  details jsonb,
  created_at timestamptz not null,
  primary key (tenant_id, user_id, target),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create unique index user_identities_identity_key on user_identities (tenant_id, target, identity_id);

-- Applications ---------------------------------------------------------------------------------------------------

create table applications (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  name varchar(256) not null,
  description text,
  type varchar(32) not null,
  oidc_client_metadata jsonb not null,
  custom_client_metadata jsonb not null default '{}',
  protected_app_metadata jsonb,
  custom_data jsonb not null default '{}',
  is_third_party boolean not null default false,
  app_level_access_control_enabled boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index applications_by_creation on applications (tenant_id, created_at desc, id);

create table application_secrets (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  name varchar(256) not null,
  -- Sealed, not hashed: the wire's list of secrets returns the values to an administrator.
  value_sealed text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (tenant_id, application_id, name),
  foreign key (tenant_id, application_id) references applications on delete cascade
);

create table application_sign_in_experiences (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  color jsonb not null default '{}',
  branding jsonb not null default '{}',
  custom_css text,
  terms_of_use_url varchar(2048),
  privacy_policy_url varchar(2048),
  display_name varchar(256),
  primary key (tenant_id, application_id),
  foreign key (tenant_id, application_id) references applications on delete cascade
);

-- Connectors and sign-in settings --------------------------------------------------------------------------------

create table connectors (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(128) not null,
  -- The factory, such as gitlab-universal.
  connector_id varchar(128) not null,
  sync_profile boolean not null default false,
  enable_token_storage boolean not null default false,
  config_sealed text not null,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

create table sign_in_experiences (
  tenant_id varchar(21) primary key references tenants on delete cascade,
  -- What differs from the defaults in sign-in-experience.contract.ts.
  settings jsonb not null default '{}',
  updated_at timestamptz not null
);

-- Sign-in in progress. One row for an authorization interaction; `version` decides races between two tabs.
create table sign_in_flows (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(64) not null,
  context jsonb not null,
  version integer not null default 1,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create index sign_in_flows_by_expiry on sign_in_flows (expires_at);

-- Failed proofs, counted for a hashed identifier within a window that starts at the first failure.
create table sign_in_attempts (
  tenant_id varchar(21) not null references tenants on delete cascade,
  subject_hash varchar(64) not null,
  action varchar(32) not null,
  failures integer not null,
  window_ends_at timestamptz not null,
  blocked_until timestamptz,
  primary key (tenant_id, subject_hash, action)
);
create index sign_in_attempts_by_expiry on sign_in_attempts (window_ends_at);

-- One-time links for operators: the set-up of the first administrator, the recovery of a locked-out one.
create table operator_links (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  kind varchar(16) not null check (kind in ('setup', 'recover')),
  user_id varchar(21),
  secret_hash varchar(64) not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create unique index operator_links_secret_key on operator_links (tenant_id, secret_hash);

-- Protocol rows --------------------------------------------------------------------------------------------------

create table oidc_keys (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(64) not null,
  kind varchar(16) not null check (kind in ('private-keys', 'cookie-keys')),
  -- Next is published before it signs; Previous is published after it signed.
  status varchar(16) not null check (status in ('Next', 'Current', 'Previous')),
  algorithm varchar(16),
  value_sealed text not null,
  activates_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, kind, id)
);
create unique index oidc_keys_one_current on oidc_keys (tenant_id, kind) where status = 'Current';

create table oidc_models (
  tenant_id varchar(21) not null references tenants on delete cascade,
  model varchar(32) not null,
  -- SHA-256 of the value that the client holds: a leaked table redeems nothing.
  id varchar(64) not null,
  payload jsonb not null,
  grant_id varchar(64),
  -- Sessions and interactions are also found by these.
  uid varchar(64),
  user_code varchar(64),
  account_id varchar(64),
  client_id varchar(2048),
  consumed_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, model, id)
);
create index oidc_models_by_grant on oidc_models (tenant_id, grant_id) where grant_id is not null;
create unique index oidc_models_by_uid on oidc_models (tenant_id, model, uid) where uid is not null;
create index oidc_models_by_user_code on oidc_models (tenant_id, model, user_code) where user_code is not null;
create index oidc_models_by_account on oidc_models (tenant_id, account_id, model) where account_id is not null;
create index oidc_models_by_expiry on oidc_models (expires_at);

-- What tokens carry ----------------------------------------------------------------------------------------------

create table resources (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  name varchar(256) not null,
  indicator varchar(2048) not null,
  is_default boolean not null default false,
  access_token_ttl integer not null default 3600,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index resources_indicator_key on resources (tenant_id, indicator);
create unique index resources_one_default on resources (tenant_id) where is_default;

create table scopes (
  tenant_id varchar(21) not null,
  id varchar(21) not null,
  resource_id varchar(21) not null,
  name varchar(256) not null,
  description text,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, resource_id) references resources on delete cascade
);
create unique index scopes_name_key on scopes (tenant_id, resource_id, name);

create table roles (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  name varchar(128) not null,
  description varchar(128) not null,
  type varchar(32) not null check (type in ('User', 'MachineToMachine')),
  is_default boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index roles_name_key on roles (tenant_id, name);

create table roles_scopes (
  tenant_id varchar(21) not null,
  role_id varchar(21) not null,
  scope_id varchar(21) not null,
  primary key (tenant_id, role_id, scope_id),
  foreign key (tenant_id, role_id) references roles on delete cascade,
  foreign key (tenant_id, scope_id) references scopes on delete cascade
);
create index roles_scopes_by_scope on roles_scopes (tenant_id, scope_id);

create table users_roles (
  tenant_id varchar(21) not null,
  user_id varchar(21) not null,
  role_id varchar(21) not null,
  primary key (tenant_id, user_id, role_id),
  foreign key (tenant_id, user_id) references users on delete cascade,
  foreign key (tenant_id, role_id) references roles on delete cascade
);
create index users_roles_by_role on users_roles (tenant_id, role_id);

create table applications_roles (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  role_id varchar(21) not null,
  primary key (tenant_id, application_id, role_id),
  foreign key (tenant_id, application_id) references applications on delete cascade,
  foreign key (tenant_id, role_id) references roles on delete cascade
);
create index applications_roles_by_role on applications_roles (tenant_id, role_id);

select isolate_tenant(format('%I', table_name)::regclass)
from information_schema.columns
where table_schema = current_schema() and column_name = 'tenant_id';

-- User search matches substrings; pg_trgm is a trusted extension, which the database's owner may create.
create extension if not exists pg_trgm;
create index users_search on users using gin (
  (coalesce(username, '') || ' ' || coalesce(primary_email, '') || ' ' || coalesce(primary_phone, '') || ' ' || coalesce(name, '') || ' ' || id) gin_trgm_ops
);
