-- Files that a tenant uploads: images for its pages and users, and sign-in pages of its own. The bytes lie in the
-- asset storage (a directory, or a bucket); here is what there is.

create table assets (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  kind varchar(16) not null check (kind in ('image', 'custom-ui')),
  -- Name in the storage: `<id>.png`, or the directory of a custom UI.
  name varchar(64) not null,
  size integer not null,
  -- Of a custom UI: its files, by path, with their sizes.
  files jsonb,
  created_by varchar(128),
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index assets_by_creation on assets (tenant_id, created_at desc, id);
select isolate_tenant('assets');
