-- The user id that an authenticator gives, where the passkey has come to another user since it was made.
alter table passkeys add column user_handle varchar(21);
