-- Who is looked for by address or name in any case is found by an index. Behind row-level security PostgreSQL keeps a
-- condition on lower(...) away from its index, because that function could tell of other tenants' rows: a sign-in by
-- e-mail read every user. What is compared is a column of its own therefore.

alter table users
  add column email_folded text generated always as (lower(primary_email)) stored,
  add column username_folded text generated always as (lower(username)) stored;
drop index users_primary_email_key;
create unique index users_primary_email_key on users (tenant_id, email_folded);
create index users_by_username_folded on users (tenant_id, username_folded);

alter table organization_invitations add column invitee_folded text generated always as (lower(invitee)) stored;
drop index organization_invitations_by_invitee;
create index organization_invitations_by_invitee
  on organization_invitations (tenant_id, invitee_folded, created_at desc, id);

alter table one_time_tokens add column email_folded text generated always as (lower(email)) stored;
drop index one_time_tokens_by_email;
create index one_time_tokens_by_email on one_time_tokens (tenant_id, email_folded, created_at desc, id);
