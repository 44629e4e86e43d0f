-- Where users sign in from, for the rules that ask for a second step when a sign-in looks unlike the earlier ones.

create table sign_in_countries (
  tenant_id varchar(21) not null,
  user_id varchar(21) not null,
  -- ISO 3166-1 alpha-2.
  country varchar(2) not null,
  last_seen_at timestamptz not null,
  primary key (tenant_id, user_id, country),
  foreign key (tenant_id, user_id) references users on delete cascade
);
select isolate_tenant('sign_in_countries');

create table sign_in_places (
  tenant_id varchar(21) not null,
  user_id varchar(21) not null,
  latitude double precision not null,
  longitude double precision not null,
  seen_at timestamptz not null,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
select isolate_tenant('sign_in_places');
