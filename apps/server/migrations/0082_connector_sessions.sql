-- What a connector must remember between an administrator's authorization URI and the answer to it (PKCE, nonce).
-- Found by the state of the request, once.
create table connector_sessions (
  tenant_id varchar(21) not null,
  connector_id varchar(128) not null,
  state_hash varchar(64) not null,
  session_sealed text not null,
  expires_at timestamptz not null,
  primary key (tenant_id, connector_id, state_hash),
  foreign key (tenant_id, connector_id) references connectors on delete cascade
);
create index connector_sessions_by_expiry on connector_sessions (tenant_id, expires_at);
select isolate_tenant('connector_sessions');
