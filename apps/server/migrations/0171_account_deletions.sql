-- Accounts that their owners want deleted: suspended until they are, unless the owner comes back.

create table account_deletions (
  tenant_id varchar(21) not null,
  user_id varchar(21) not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  -- Hash of the secret by which the owner, who has just signed in, keeps the account after all.
  keep_hash varchar(64),
  keep_expires_at timestamptz,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index account_deletions_by_due on account_deletions (tenant_id, due_at);
create unique index account_deletions_by_keep on account_deletions (tenant_id, keep_hash);
select isolate_tenant('account_deletions');
