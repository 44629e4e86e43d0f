-- Where links in messages lead: one domain of the tenant, or none, and then they lead where ENDPOINT says.
alter table domains add column is_primary boolean not null default false;
create unique index domains_primary_key on domains (tenant_id) where is_primary;
