-- Slack: what was installed, what has come in, and what its limits leave.

create table slack_installations (
  workspace_id    int primary key,
  organization_id int not null,
  app_id          text not null,
  bot_user_id     text not null,
  scopes          text not null,
  bot_token       bytea not null,
  refresh_token   bytea,
  expires_at      timestamptz,
  refreshing_until timestamptz,
  installed_at    timestamptz not null,
  revoked_at      timestamptz,
  foreign key (organization_id, workspace_id) references workspaces (organization_id, id)
);
comment on column slack_installations.bot_token is 'encrypted with NUDGEBOT_KEY';
comment on column slack_installations.expires_at is 'by the wire clock; null: it does not expire';
comment on column slack_installations.refreshing_until is 'by the database''s clock: a replica is refreshing the token, which can be done once';
comment on column slack_installations.revoked_at is 'uninstalled, or the token was revoked: nothing is sent or read any more';

-- What platforms have delivered: taken once by their own id, worked off after it was acknowledged.
create table inbox (
  platform        text not null,
  key             text not null,
  organization_id int not null,
  workspace_id    int not null,
  sender          text not null,
  received_at     timestamptz not null,
  payload         text,
  leased_until    timestamptz,
  attempts        smallint not null default 1,
  handled_at      timestamptz,
  primary key (platform, key),
  check (handled_at is null or payload is null)
);
create index inbox_open on inbox (received_at) where handled_at is null;
-- Rows lie in the order of their arrival: a summary of each few pages finds the old ones, and costs the arrival almost nothing.
create index inbox_old on inbox using brin (received_at) with (pages_per_range = 32, autosummarize = on);
comment on column inbox.sender is 'who did it, in the platform''s words: of one sender, one thing is worked off after the other';
comment on column inbox.attempts is 'how often a replica has begun to work it off; 1 from the start, as the one that receives it begins at once';
comment on column inbox.key is 'the platform''s own id of the event, or a hash of what was delivered: a second delivery is no second event';
comment on column inbox.payload is 'null once it is handled: only the key stays, for seven days';
comment on column inbox.leased_until is 'by the database''s clock: until then it is one replica''s';

-- Token buckets, by the database's clock: replicas share them.
create table rate_budgets (
  organization_id int not null,
  workspace_id    int not null references workspaces,
  budget          text not null,
  tokens          double precision not null,
  counted_at      timestamptz not null,
  not_before      timestamptz,
  primary key (workspace_id, budget)
);
comment on column rate_budgets.budget is 'a method, or a method and a channel';
