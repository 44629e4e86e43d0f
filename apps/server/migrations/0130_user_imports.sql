-- Files of users from elsewhere, read by a job in batches: what has been read so far is committed with the users.

create table user_imports (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  format varchar(8) not null check (format in ('csv', 'ndjson')),
  is_dry_run boolean not null,
  status varchar(16) not null check (status in ('Waiting', 'Running', 'Completed', 'Failed', 'Cancelled')),
  -- Why it failed as a whole, for people.
  failure text,
  -- Rows of the file; unknown until it has been read through once.
  total integer,
  processed integer not null default 0,
  created integer not null default 0,
  refused integer not null default 0,
  -- Who asked for it, as the audit trail names them: the users are created in their name.
  actor_type varchar(16) not null,
  actor_id varchar(128),
  request_id varchar(128) not null,
  -- The process that works on it, until when: afterwards another one goes on.
  worker_id varchar(21),
  leased_until timestamptz,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index user_imports_by_creation on user_imports (tenant_id, created_at desc, id);
create index user_imports_open on user_imports (created_at) where status in ('Waiting', 'Running');

-- The file, in order; deleted when the import ends, because digests of passwords are in it.
create table user_import_chunks (
  tenant_id varchar(21) not null,
  import_id varchar(21) not null,
  position integer not null,
  bytes bytea not null,
  primary key (tenant_id, import_id, position),
  foreign key (tenant_id, import_id) references user_imports on delete cascade
);

create table user_import_errors (
  tenant_id varchar(21) not null,
  import_id varchar(21) not null,
  row integer not null,
  -- What the row calls its user, so that people find it.
  identifier varchar(512) not null,
  code varchar(128) not null,
  details text,
  primary key (tenant_id, import_id, row),
  foreign key (tenant_id, import_id) references user_imports on delete cascade
);

select isolate_tenant('user_imports');
select isolate_tenant('user_import_chunks');
select isolate_tenant('user_import_errors');
