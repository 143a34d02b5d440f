-- Success stories: posted to the wins channel of the workspace in which they were told.

alter table workspaces add column wins_channel text;
comment on column workspaces.wins_channel is 'the channel''s id in the platform''s words; null: wins are kept and listed, and posted nowhere';

create table wins (
  id              bigint generated always as identity primary key,
  organization_id int not null references organizations,
  workspace_id    int not null,
  person_id       bigint not null references persons on delete cascade,
  tool            text not null,
  what            text not null,
  prompt          text not null default '',
  minutes         int check (minutes between 0 and 10080),
  at              timestamptz not null,
  due_at          timestamptz not null,
  decided_at      timestamptz,
  leased_until    timestamptz,
  outcome         text not null default 'pending' check (outcome in ('pending', 'sent', 'skipped', 'failed', 'unknown')),
  reason          text check (reason in ('paused', 'throttled', 'expired', 'no-channel', 'rejected', 'gave-up', 'no-answer')),
  message_id      text,
  foreign key (organization_id, workspace_id) references workspaces (organization_id, id),
  check ((outcome = 'pending') = (decided_at is null)),
  check (outcome not in ('skipped', 'failed', 'unknown') or reason is not null),
  check (leased_until is null or outcome = 'pending')
);
create index wins_due on wins (organization_id, due_at) where outcome = 'pending';
create index wins_told on wins (organization_id, at);
create index wins_person on wins (person_id);
comment on column wins.tool is 'the tool as people read it, as it was called when the win was told';
comment on column wins.prompt is 'empty: none was given';
comment on column wins.minutes is 'minutes saved, as the author says; null: not said';

-- One of each kind a person: the key is the truth.
create table win_reactions (
  win_id          bigint not null references wins on delete cascade,
  person_id       bigint not null references persons on delete cascade,
  organization_id int not null,
  kind            text not null check (kind in ('kudos', 'tried')),
  at              timestamptz not null,
  primary key (win_id, person_id, kind)
);
create index win_reactions_person on win_reactions (person_id);
