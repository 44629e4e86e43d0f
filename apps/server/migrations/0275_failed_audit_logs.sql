-- What failed is one entry in many, so asking for an application's failures used to read all its entries.
create index audit_logs_failed on audit_logs (tenant_id, created_at desc, id) where result = 'Error';
create index audit_logs_failed_by_application on audit_logs (tenant_id, application_id, created_at desc, id)
  where result = 'Error' and application_id is not null;

-- The key is in the index: an application's entries of one kind are counted without reading the table.
drop index audit_logs_by_application;
create index audit_logs_by_application on audit_logs (tenant_id, application_id, created_at desc, id) include (key)
  where application_id is not null;
