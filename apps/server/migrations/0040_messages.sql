-- Messages: one-time codes, the limit of what one recipient is sent, the tenant's own texts, what became of each
-- message, and the development inbox, which takes messages while no connector is set.

-- One live code for a recipient, a purpose and a flow: a newer one takes the place of the older.
create table verification_codes (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  recipient_type varchar(8) not null check (recipient_type in ('email', 'phone')),
  recipient varchar(320) not null,
  purpose varchar(32) not null,
  -- Empty for codes that belong to no sign-in.
  flow_id varchar(64) not null default '',
  -- Keyed, because six digits could be guessed back from a plain hash.
  code_digest varchar(64) not null,
  attempts integer not null default 0,
  max_attempts integer not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select isolate_tenant('verification_codes');
create unique index verification_codes_recipient_key
  on verification_codes (tenant_id, recipient_type, recipient, purpose, flow_id);
create index verification_codes_by_expiry on verification_codes (expires_at);

-- How many messages a recipient was sent in the window that the first of them opened.
create table message_send_windows (
  tenant_id varchar(21) not null references tenants on delete cascade,
  recipient_type varchar(8) not null,
  recipient varchar(320) not null,
  sends integer not null,
  ends_at timestamptz not null,
  primary key (tenant_id, recipient_type, recipient)
);
select isolate_tenant('message_send_windows');
create index message_send_windows_by_end on message_send_windows (ends_at);

create table message_templates (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  channel varchar(8) not null check (channel in ('Email', 'Sms')),
  language_tag varchar(16) not null,
  template_type varchar(32) not null,
  details jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select isolate_tenant('message_templates');
create unique index message_templates_key on message_templates (tenant_id, channel, template_type, language_tag);

create table message_deliveries (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  channel varchar(8) not null,
  recipient varchar(320) not null,
  template_type varchar(32) not null,
  connector_id varchar(128) not null,
  -- The factory, such as simple-mail-transfer-protocol.
  factory_id varchar(128) not null,
  status varchar(8) not null check (status in ('Sent', 'Failed')),
  -- What the provider answered, and its id of the message.
  answer text,
  message_id varchar(512),
  -- Why it failed, and what was said until then; secrets masked.
  error_code varchar(64),
  error text,
  dialogue text,
  duration_ms integer not null,
  request_id varchar(64) not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select isolate_tenant('message_deliveries');
create index message_deliveries_by_time on message_deliveries (tenant_id, created_at desc, id);
create index message_deliveries_by_recipient on message_deliveries (tenant_id, recipient, created_at desc, id);
create index message_deliveries_by_age on message_deliveries (created_at);

create table development_inbox (
  tenant_id varchar(21) not null references tenants on delete cascade,
  id varchar(21) not null,
  channel varchar(8) not null,
  recipient varchar(320) not null,
  template_type varchar(32) not null,
  locale varchar(35) not null,
  message jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select isolate_tenant('development_inbox');
create index development_inbox_by_time on development_inbox (tenant_id, created_at desc, id);
create index development_inbox_by_age on development_inbox (created_at);
