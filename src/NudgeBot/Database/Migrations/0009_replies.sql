-- What an event changed and that it was handled are one commit; what is still to be shown then waits beside it.
alter table inbox
  add column reply text,
  add check (handled_at is null or reply is null);
comment on column inbox.reply is 'the parts of the reply that are still to be shown: the event itself is handled; null before, and once it is shown';
