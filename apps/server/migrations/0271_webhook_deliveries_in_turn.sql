-- Deliveries of a receiver in the order in which they are taken: with many that wait, taking four reads four.
create index webhook_deliveries_in_turn on webhook_deliveries (tenant_id, webhook_id, attempts, sequence)
  where state = 'pending';
