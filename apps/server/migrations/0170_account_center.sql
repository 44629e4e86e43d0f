-- Browsers that are at the account center's pages.

create table account_sessions (
  tenant_id varchar(21) not null,
  -- Hash of the cookie's value.
  id varchar(64) not null,
  user_id varchar(21) not null,
  -- The session of the protocol that it came from, and ends with.
  session_uid varchar(64) not null,
  -- The record that proves ownership, and until when.
  proof_id varchar(21),
  proof_expires_at timestamptz,
  -- What is half done: a new address that waits for its code, the secret of an app.
  task_sealed text,
  -- The application that sent the user here for one task, and waits for the return.
  return_to jsonb,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index account_sessions_by_user on account_sessions (tenant_id, user_id);
create index account_sessions_by_expiry on account_sessions (tenant_id, expires_at);
select isolate_tenant('account_sessions');
