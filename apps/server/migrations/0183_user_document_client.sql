-- The metadata document of the client that a user registered with, where it was no registered application.
alter table users add column cimd_client_id varchar(2048);
