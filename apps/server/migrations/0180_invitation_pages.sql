-- Where an invitee goes on to from the hosted page after accepting; null for a page that says it is done.
alter table organization_invitations add column redirect_uri varchar(2048);
