-- Organizations: members (users and machine applications), their roles and scopes, invitations, and who joins by
-- themselves. Every table leads its keys with tenant_id and is closed by row-level security.

-- When somebody proved that the address is theirs: by a code, by a provider that vouches, or an administrator by
-- entering it. Null: nobody did, and nothing is granted for the address.
alter table users add column email_verified_at timestamptz;
select set_config('latchkey.tenant', '*', true);
update users set email_verified_at = created_at where primary_email is not null;

create table organizations (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  name varchar(128) not null,
  -- A readable name for addresses, such as acme.
  slug varchar(64) check (slug ~ '^[a-z0-9][a-z0-9-]*$'),
  description varchar(256),
  custom_data jsonb not null default '{}',
  is_mfa_required boolean not null default false,
  color jsonb not null default '{}',
  branding jsonb not null default '{}',
  custom_css text,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index organizations_slug_key on organizations (tenant_id, slug);
create index organizations_by_creation on organizations (tenant_id, created_at desc, id);
create index organizations_search on organizations using gin (
  (name || ' ' || coalesce(slug, '') || ' ' || coalesce(description, '') || ' ' || id) gin_trgm_ops
);

create table organization_scopes (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  name varchar(128) not null,
  description varchar(256),
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index organization_scopes_name_key on organization_scopes (tenant_id, name);

create table organization_roles (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  -- Null: part of the template, for all organizations. Otherwise the organization's own.
  organization_id varchar(21),
  name varchar(128) not null,
  description varchar(256),
  type varchar(32) not null check (type in ('User', 'MachineToMachine')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade
);
create unique index organization_roles_name_key on organization_roles (tenant_id, coalesce(organization_id, ''), name);
create index organization_roles_by_organization on organization_roles (tenant_id, organization_id);

create table organization_role_scopes (
  tenant_id varchar(21) not null,
  organization_role_id varchar(21) not null,
  organization_scope_id varchar(21) not null,
  primary key (tenant_id, organization_role_id, organization_scope_id),
  foreign key (tenant_id, organization_role_id) references organization_roles on delete cascade,
  foreign key (tenant_id, organization_scope_id) references organization_scopes on delete cascade
);
create index organization_role_scopes_by_scope on organization_role_scopes (tenant_id, organization_scope_id);

create table organization_role_resource_scopes (
  tenant_id varchar(21) not null,
  organization_role_id varchar(21) not null,
  scope_id varchar(21) not null,
  primary key (tenant_id, organization_role_id, scope_id),
  foreign key (tenant_id, organization_role_id) references organization_roles on delete cascade,
  foreign key (tenant_id, scope_id) references scopes on delete cascade
);
create index organization_role_resource_scopes_by_scope on organization_role_resource_scopes (tenant_id, scope_id);

-- Members --------------------------------------------------------------------------------------------------------

create table organization_users (
  tenant_id varchar(21) not null,
  organization_id varchar(21) not null,
  user_id varchar(21) not null,
  joined_at timestamptz not null,
  -- When a token for this organization was last issued to the user.
  last_active_at timestamptz,
  primary key (tenant_id, organization_id, user_id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade,
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index organization_users_by_user on organization_users (tenant_id, user_id);
create index organization_users_by_joining on organization_users (tenant_id, organization_id, joined_at desc, user_id);

create table organization_user_roles (
  tenant_id varchar(21) not null,
  organization_id varchar(21) not null,
  user_id varchar(21) not null,
  organization_role_id varchar(21) not null,
  primary key (tenant_id, organization_id, user_id, organization_role_id),
  foreign key (tenant_id, organization_id, user_id) references organization_users on delete cascade,
  foreign key (tenant_id, organization_role_id) references organization_roles on delete cascade
);
create index organization_user_roles_by_role on organization_user_roles (tenant_id, organization_role_id, organization_id);
create index organization_user_roles_by_user on organization_user_roles (tenant_id, user_id);

create table organization_applications (
  tenant_id varchar(21) not null,
  organization_id varchar(21) not null,
  application_id varchar(21) not null,
  joined_at timestamptz not null,
  primary key (tenant_id, organization_id, application_id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade,
  foreign key (tenant_id, application_id) references applications on delete cascade
);
create index organization_applications_by_application on organization_applications (tenant_id, application_id);

create table organization_application_roles (
  tenant_id varchar(21) not null,
  organization_id varchar(21) not null,
  application_id varchar(21) not null,
  organization_role_id varchar(21) not null,
  primary key (tenant_id, organization_id, application_id, organization_role_id),
  foreign key (tenant_id, organization_id, application_id) references organization_applications on delete cascade,
  foreign key (tenant_id, organization_role_id) references organization_roles on delete cascade
);
create index organization_application_roles_by_role
  on organization_application_roles (tenant_id, organization_role_id);
create index organization_application_roles_by_application
  on organization_application_roles (tenant_id, application_id);

-- Invitations ----------------------------------------------------------------------------------------------------

create table organization_invitations (
  tenant_id varchar(21) not null,
  id varchar(21) not null,
  organization_id varchar(21) not null,
  inviter_id varchar(21),
  invitee varchar(256) not null,
  accepted_user_id varchar(21),
  -- A Pending one is as good as Expired once its time is over; it is written when another one takes its place.
  status varchar(16) not null check (status in ('Pending', 'Accepted', 'Revoked', 'Expired')),
  -- Of the secret in the link of the latest message; null before the first one.
  secret_hash varchar(64),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade,
  foreign key (tenant_id, inviter_id) references users on delete set null (inviter_id),
  foreign key (tenant_id, accepted_user_id) references users on delete set null (accepted_user_id)
);
create unique index organization_invitations_secret_key on organization_invitations (tenant_id, secret_hash);
create unique index organization_invitations_one_pending
  on organization_invitations (tenant_id, organization_id, lower(invitee)) where status = 'Pending';
create index organization_invitations_by_invitee on organization_invitations (tenant_id, lower(invitee));
create index organization_invitations_by_inviter on organization_invitations (tenant_id, inviter_id);
create index organization_invitations_by_creation on organization_invitations (tenant_id, created_at desc, id);
create index organization_invitations_by_accepted_user
  on organization_invitations (tenant_id, accepted_user_id) where accepted_user_id is not null;

create table organization_invitation_roles (
  tenant_id varchar(21) not null,
  invitation_id varchar(21) not null,
  organization_role_id varchar(21) not null,
  primary key (tenant_id, invitation_id, organization_role_id),
  foreign key (tenant_id, invitation_id) references organization_invitations on delete cascade,
  foreign key (tenant_id, organization_role_id) references organization_roles on delete cascade
);
create index organization_invitation_roles_by_role
  on organization_invitation_roles (tenant_id, organization_role_id);

-- Who joins by themselves ----------------------------------------------------------------------------------------

create table organization_jit_email_domains (
  tenant_id varchar(21) not null,
  organization_id varchar(21) not null,
  email_domain varchar(128) not null,
  primary key (tenant_id, organization_id, email_domain),
  foreign key (tenant_id, organization_id) references organizations on delete cascade
);
create index organization_jit_email_domains_by_domain on organization_jit_email_domains (tenant_id, email_domain);

create table organization_jit_roles (
  tenant_id varchar(21) not null,
  organization_id varchar(21) not null,
  organization_role_id varchar(21) not null,
  primary key (tenant_id, organization_id, organization_role_id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade,
  foreign key (tenant_id, organization_role_id) references organization_roles on delete cascade
);
create index organization_jit_roles_by_role on organization_jit_roles (tenant_id, organization_role_id);

create table organization_jit_sso_connectors (
  tenant_id varchar(21) not null,
  organization_id varchar(21) not null,
  sso_connector_id varchar(128) not null,
  primary key (tenant_id, organization_id, sso_connector_id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade
);
create index organization_jit_sso_connectors_by_connector
  on organization_jit_sso_connectors (tenant_id, sso_connector_id);

-- Every table above that belongs to a tenant.
select isolate_tenant(format('%I', table_name)::regclass)
from information_schema.columns
where table_schema = current_schema() and column_name = 'tenant_id'
  and (table_name = 'organizations' or table_name like 'organization\_%');
