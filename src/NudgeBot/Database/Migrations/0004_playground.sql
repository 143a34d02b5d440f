-- The playground: a chat platform that lives in this database, with a clock that stands until somebody moves it.

create table playground (
  workspace_id    int primary key,
  organization_id int not null unique,
  now             timestamptz not null,
  foreign key (organization_id, workspace_id) references workspaces (organization_id, id)
);
comment on column playground.now is 'product time, kept from one run of the program to the next';

create table playground_people (
  person_id       bigint primary key references persons on delete cascade,
  organization_id int not null,
  played          boolean not null default false,
  use             text not null default 'invented' check (use in ('invented', 'daily', 'none')),
  read_to         bigint not null default 0
);
comment on column playground_people.played is 'a visitor acted as this person: it answers nothing by itself any more';
comment on column playground_people.use is 'how the tool is used from now on: as invented, on every working day, or not at all';
comment on column playground_people.read_to is 'the last message of the personal chat that was seen';

create table playground_messages (
  id              bigint generated always as identity primary key,
  organization_id int not null,
  workspace_id    int not null references workspaces,
  place           text not null,
  author_id       bigint references persons on delete cascade,
  only_for_id     bigint references persons on delete cascade,
  send_id         text,
  content         text not null,
  at              timestamptz not null,
  edited_at       timestamptz,
  unique (workspace_id, send_id)
);
create index playground_messages_place on playground_messages (workspace_id, place, id);
comment on column playground_messages.place is 'an account''s id for a personal chat, a channel''s id for a channel';
comment on column playground_messages.author_id is 'null: the bot';
comment on column playground_messages.only_for_id is 'shown to this person alone';
comment on column playground_messages.send_id is 'what the sender calls the message: sent twice, it is there once';
comment on column playground_messages.content is 'the neutral message, as JSON';
