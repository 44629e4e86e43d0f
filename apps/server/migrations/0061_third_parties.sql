-- What third-party applications may ask users for, for which organizations users let them act, and whom an
-- application lets in at all.

-- The ceiling of what an application may ask for. Without an application it holds for all clients that are known by
-- a metadata document alone (CIMD).
create table consent_user_scopes (
  tenant_id varchar(21) not null references tenants on delete cascade,
  application_id varchar(21),
  owner varchar(21) not null generated always as (coalesce(application_id, 'cimd')) stored,
  user_scope varchar(64) not null,
  primary key (tenant_id, owner, user_scope),
  foreign key (tenant_id, application_id) references applications on delete cascade
);
select isolate_tenant('consent_user_scopes');

create table consent_resource_scopes (
  tenant_id varchar(21) not null references tenants on delete cascade,
  application_id varchar(21),
  owner varchar(21) not null generated always as (coalesce(application_id, 'cimd')) stored,
  scope_id varchar(21) not null,
  -- Held through a role in an organization, not through a role of the tenant.
  in_organization boolean not null,
  primary key (tenant_id, owner, scope_id, in_organization),
  foreign key (tenant_id, application_id) references applications on delete cascade,
  foreign key (tenant_id, scope_id) references scopes on delete cascade
);
create index consent_resource_scopes_by_scope on consent_resource_scopes (tenant_id, scope_id);
select isolate_tenant('consent_resource_scopes');

create table consent_organization_scopes (
  tenant_id varchar(21) not null references tenants on delete cascade,
  application_id varchar(21),
  owner varchar(21) not null generated always as (coalesce(application_id, 'cimd')) stored,
  organization_scope_id varchar(21) not null,
  primary key (tenant_id, owner, organization_scope_id),
  foreign key (tenant_id, application_id) references applications on delete cascade,
  foreign key (tenant_id, organization_scope_id) references organization_scopes on delete cascade
);
create index consent_organization_scopes_by_scope on consent_organization_scopes (tenant_id, organization_scope_id);
select isolate_tenant('consent_organization_scopes');

-- Organizations for which a user let a third-party application act.
create table consent_organizations (
  tenant_id varchar(21) not null references tenants on delete cascade,
  application_id varchar(21),
  cimd_client_id varchar(2048),
  client_id varchar(2048) not null generated always as (coalesce(application_id, cimd_client_id)) stored,
  user_id varchar(21) not null,
  organization_id varchar(21) not null,
  created_at timestamptz not null,
  primary key (tenant_id, user_id, client_id, organization_id),
  foreign key (tenant_id, application_id) references applications on delete cascade,
  -- Who leaves an organization takes the consent along.
  foreign key (tenant_id, organization_id, user_id)
    references organization_users (tenant_id, organization_id, user_id) on delete cascade
);
create index consent_organizations_by_application on consent_organizations (tenant_id, application_id);
create index consent_organizations_by_member on consent_organizations (tenant_id, organization_id, user_id);
select isolate_tenant('consent_organizations');

-- Whom an application lets in: a user is on one of the lists, or stays out.
create table access_users (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  user_id varchar(21) not null,
  primary key (tenant_id, application_id, user_id),
  foreign key (tenant_id, application_id) references applications on delete cascade,
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index access_users_by_user on access_users (tenant_id, user_id);
select isolate_tenant('access_users');

create table access_roles (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  role_id varchar(21) not null,
  primary key (tenant_id, application_id, role_id),
  foreign key (tenant_id, application_id) references applications on delete cascade,
  foreign key (tenant_id, role_id) references roles on delete cascade
);
create index access_roles_by_role on access_roles (tenant_id, role_id);
select isolate_tenant('access_roles');

create table access_organizations (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  organization_id varchar(21) not null,
  primary key (tenant_id, application_id, organization_id),
  foreign key (tenant_id, application_id) references applications on delete cascade,
  foreign key (tenant_id, organization_id) references organizations on delete cascade
);
create index access_organizations_by_organization on access_organizations (tenant_id, organization_id);
select isolate_tenant('access_organizations');

create table access_organization_roles (
  tenant_id varchar(21) not null,
  application_id varchar(21) not null,
  organization_id varchar(21) not null,
  organization_role_id varchar(21) not null,
  primary key (tenant_id, application_id, organization_id, organization_role_id),
  foreign key (tenant_id, application_id) references applications on delete cascade,
  foreign key (tenant_id, organization_id) references organizations on delete cascade,
  foreign key (tenant_id, organization_role_id) references organization_roles on delete cascade
);
create index access_organization_roles_by_organization on access_organization_roles (tenant_id, organization_id);
create index access_organization_roles_by_role on access_organization_roles (tenant_id, organization_role_id);
select isolate_tenant('access_organization_roles');
