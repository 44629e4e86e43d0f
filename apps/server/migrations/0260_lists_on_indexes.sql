-- Lists of organizations and invitations stay on an index however many there are.

-- A column of its own, as users have one: an expression with coalesce never gets to its index behind row-level security.
alter table organizations add column search_text text generated always as (
  name || ' ' || coalesce(slug, '') || ' ' || coalesce(description, '') || ' ' || id
) stored;
create index organizations_by_search_text on organizations using gin (search_text gin_trgm_ops);
drop index organizations_search;

-- An organization's invitations, and what goes with an organization that is deleted.
create index organization_invitations_by_organization
  on organization_invitations (tenant_id, organization_id, created_at desc, id);
