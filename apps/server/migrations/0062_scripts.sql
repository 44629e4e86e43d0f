-- JavaScript of the tenant: claims for tokens, and actions at sign-in.
create table scripts (
  tenant_id varchar(21) not null references tenants on delete cascade,
  slot varchar(64) not null check (
    slot in ('jwt.accessToken', 'jwt.clientCredentials', 'action.postFirstFactorVerification', 'action.postSignIn')
  ),
  script text not null,
  -- Names and values that the script reads, which may be secrets: sealed as one text. Null for none.
  environment_sealed text,
  settings jsonb not null default '{}',
  updated_at timestamptz not null,
  primary key (tenant_id, slot)
);
select isolate_tenant('scripts');
