-- A client that introduces itself by a document goes by the address of it.
alter table session_submissions alter column client_id type varchar(2048);
