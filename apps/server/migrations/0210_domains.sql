-- Hosts of a tenant's own, beside the one that ENDPOINT gives it.
create table domains (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  -- Lower case, in its ASCII form.
  domain varchar(256) not null,
  status varchar(32) not null,
  error_message varchar(1024),
  -- What the TXT record has to say: it proves that the tenant rules over the name.
  proof varchar(64) not null,
  -- Path below /.well-known to { contentType, content }.
  verification_files jsonb not null default '{}',
  created_at timestamptz not null,
  checked_at timestamptz,
  verified_at timestamptz,
  -- Since when the record of a verified domain has been gone.
  failing_since timestamptz,
  primary key (tenant_id, id)
);
create unique index domains_domain_key on domains (tenant_id, domain);
-- Many may want a name; one has it, in the whole install. Requests find their tenant by it.
create unique index domains_owner_key on domains (domain) where verified_at is not null;
select isolate_tenant('domains');
