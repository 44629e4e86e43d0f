-- How and from where the user of a session signed in. It stands beside the protocol's rows, whose shape is the
-- engine's own, and goes when the session is gone.
create table session_submissions (
  tenant_id varchar(21) not null references tenants on delete cascade,
  session_uid varchar(64) not null,
  user_id varchar(21) not null,
  -- The application that the session was begun for.
  client_id varchar(21) not null,
  submission jsonb,
  submitted_at timestamptz not null,
  primary key (tenant_id, session_uid)
);
select isolate_tenant('session_submissions');
