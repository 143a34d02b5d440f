-- What the roster leaves open a person's chat profile tells; and which workspaces can be reached at all.

alter table persons
  add column time_zone_given boolean not null default true,
  add column locale_given    boolean not null default false;
alter table persons alter column time_zone_given set default false;
update persons set locale_given = true where locale <> 'en';
comment on column persons.time_zone_given is 'the roster names it; otherwise it is that of the chat profile, once that was read';
comment on column persons.locale_given is 'as of time_zone_given. Of an "en" from before it is not known, and counts as not given until the next import';

-- Whose account it was, when it becomes another person's.
create index persons_account on persons (account_id) where account_id is not null;

create view workspace_connections as
select w.organization_id, w.id as workspace_id,
       w.platform <> 'slack' or exists (select from slack_installations i where i.workspace_id = w.id and i.revoked_at is null) as connected
from workspaces w;
comment on view workspace_connections is 'whether the app is there, whatever the platform: one that keeps installations has its line here';
