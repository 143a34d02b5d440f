-- Campaigns that are prepared before they are launched, the steps of their rollouts, and what the bot has to tell one person unasked.

alter table campaigns drop constraint campaigns_state_check, drop constraint campaigns_check;
alter table campaigns
  add constraint campaigns_state_check check (state in ('draft', 'scheduled', 'running', 'ended')),
  add constraint campaigns_started_check check ((state in ('draft', 'scheduled')) = (started_at is null)),
  add column watched_at timestamptz;
comment on column campaigns.watched_at is 'when its figures were last looked at for a breach; null: never';

-- What was answered when a rollout was moved. Only grows.
create table rollout_moves (
  id              bigint generated always as identity primary key,
  organization_id int not null,
  campaign_id     int not null references campaigns,
  person_id       bigint references persons on delete set null,
  at              timestamptz not null,
  from_percent    smallint not null,
  to_percent      smallint not null,
  learned         text,
  evidence        boolean,
  needs           text,
  override        text,
  figures         text not null
);
create index rollout_moves_campaign on rollout_moves (campaign_id, id);
comment on column rollout_moves.person_id is 'null: the operator, or somebody who was deleted';
comment on column rollout_moves.evidence is 'whether it supports the move, as the person says; null: not asked';
comment on column rollout_moves.override is 'why it was moved although the gate was not passed; null: it was, or was not asked';
comment on column rollout_moves.figures is 'JSON: the gate''s figures at that moment';

-- Why a campaign was paused by itself. What came before found_at counts for no further breach.
create table gate_breaches (
  organization_id int not null,
  campaign_id     int not null references campaigns,
  found_at        timestamptz not null,
  measure         text not null check (measure in ('delivery', 'opt-outs', 'blocked')),
  since           timestamptz not null,
  people          int not null,
  count           int not null,
  threshold       smallint not null,
  primary key (campaign_id, found_at, measure)
);
comment on column gate_breaches.count is 'of the people: whom the last message reached, who said stop, who said that something is in the way';

-- The launch checklist, where it says something: the items themselves are in readiness.yaml.
create table readiness (
  organization_id int not null,
  campaign_id     int not null references campaigns,
  item            text not null,
  state           text not null check (state in ('complete', 'partial', 'not-started')),
  owner_id        bigint references persons on delete set null,
  note            text,
  link            text,
  changed_at      timestamptz not null,
  primary key (campaign_id, item)
);

create table notices (
  id              bigint generated always as identity primary key,
  organization_id int not null references organizations,
  person_id       bigint not null references persons on delete cascade,
  account_id      bigint references accounts on delete set null,
  kind            text not null check (kind in ('alert', 'word')),
  or_admins       boolean not null default false,
  message         text not null,
  at              timestamptz not null,
  due_at          timestamptz not null,
  decided_at      timestamptz,
  leased_until    timestamptz,
  in_doubt_since  timestamptz,
  outcome         text not null default 'pending' check (outcome in ('pending', 'sent', 'skipped', 'failed', 'unknown')),
  reason          text check (reason in (
                    'ended', 'no-account', 'paused', 'throttled', 'expired', 'not-installed', 'blocked-by-user', 'no-channel', 'rejected', 'gave-up', 'no-answer')),
  message_id      text,
  check ((outcome = 'pending') = (decided_at is null)),
  check (outcome not in ('skipped', 'failed', 'unknown') or reason is not null),
  check (leased_until is null or outcome = 'pending')
);
create index notices_due on notices (organization_id, due_at) where outcome = 'pending';
create index notices_lost on notices (organization_id) where or_admins;
create index notices_person on notices (person_id);
comment on column notices.account_id is 'where it was sent, or is being sent';
comment on column notices.kind is 'alert: at once, also while everything is paused; word: in working hours';
comment on column notices.or_admins is 'if it does not reach the person, the administrators get it';
comment on column notices.message is 'the neutral message, as JSON';
comment on column notices.leased_until is 'as of nudges';
comment on column notices.in_doubt_since is 'as of nudges';
