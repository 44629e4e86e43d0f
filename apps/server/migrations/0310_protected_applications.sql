-- Applications of the type Protected: sign-in stands in front of a web app that knows nothing of it.

-- A host that leads to one of them, instead of being an address of the tenant.
alter table domains add column application_id varchar(21);
-- Below the install's own name: given out by it, so that there is nothing to prove.
alter table domains add column is_given boolean not null default false;
alter table domains add foreign key (tenant_id, application_id) references applications on delete cascade;
create index domains_by_application on domains (tenant_id, application_id) where application_id is not null;

-- Browsers that are signed in at the host of a protected application.
create table protected_app_sessions (
  tenant_id varchar(21) not null,
  -- Hash of the cookie's value.
  id varchar(64) not null,
  application_id varchar(21) not null,
  -- The cookie is good at this host alone.
  host varchar(256) not null,
  user_id varchar(21) not null,
  -- The session of the protocol, and what the user let the application have: it ends with either.
  session_uid varchar(64) not null,
  grant_hash varchar(64) not null,
  signed_in_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade,
  foreign key (tenant_id, application_id) references applications on delete cascade
);
create index protected_app_sessions_by_user on protected_app_sessions (tenant_id, user_id);
create index protected_app_sessions_by_application on protected_app_sessions (tenant_id, application_id);
create index protected_app_sessions_by_expiry on protected_app_sessions (tenant_id, expires_at);
select isolate_tenant('protected_app_sessions');
