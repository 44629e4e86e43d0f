-- When a device last asked whether its code was confirmed: who asks too often is told to slow down (RFC 8628 §3.5).
alter table oidc_models add column polled_at timestamptz;
