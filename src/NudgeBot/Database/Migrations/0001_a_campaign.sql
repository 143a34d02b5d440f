-- Everything that one campaign needs, from the roster to retention.
-- Times: timestamptz is an instant of product time, date is a person's local date. No default ever calls now().

create table organizations (
  id         int generated always as identity primary key,
  name       text not null unique,
  paused     boolean not null default false,
  created_at timestamptz not null
);

create table workspaces (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  platform        text not null check (platform in ('slack', 'teams', 'playground', 'recorder')),
  external_id     text not null,
  name            text not null,
  paused          boolean not null default false,
  send_not_before timestamptz,
  unique (platform, external_id),
  unique (organization_id, id)
);

-- The distinct (role, team, location) of the people: reports group by one small number instead of three texts.
create table segments (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  role            text not null,
  team            text not null,
  location        text not null,
  unique (organization_id, role, team, location)
);

create table persons (
  id              bigint generated always as identity primary key,
  organization_id int not null references organizations,
  segment_id      int not null references segments,
  workspace_id    int,
  account_id      bigint,
  email           text not null check (email = lower(email)),
  first_email     text not null,
  name            text not null default '',
  country         text check (country = upper(country)),
  time_zone       text not null,
  locale          text not null,
  github_login    text,
  licensed_since  date,
  left_on         date,
  champion        boolean not null default false,
  chore           text,
  heard_at        timestamptz,
  snoozed_until   timestamptz,
  opted_out_at    timestamptz,
  unique (organization_id, email)
);
create unique index persons_github_login on persons (organization_id, lower(github_login)) where github_login is not null;
comment on column persons.first_email is 'lower case, at first import: what the three draws hash, so that a new address changes no arm';
comment on column persons.heard_at is 'the last time this person answered or typed anything: ends a back-off';
comment on column persons.account_id is 'where nudges reach this person: the account last answered from';

create table accounts (
  id              bigint generated always as identity primary key,
  organization_id int not null references organizations,
  workspace_id    int not null,
  person_id       bigint not null references persons on delete cascade,
  external_id     text not null,
  conversation    text,
  foreign key (organization_id, workspace_id) references workspaces (organization_id, id),
  unique (workspace_id, external_id),
  unique (workspace_id, id)
);
create index accounts_person on accounts (person_id);
alter table persons add foreign key (workspace_id, account_id) references accounts (workspace_id, id);

create table team_channels (
  organization_id int not null references organizations,
  workspace_id    int not null references workspaces,
  team            text not null,
  external_id     text not null,
  primary key (organization_id, team)
);

create table campaigns (
  id                 int generated always as identity primary key,
  organization_id    int not null references organizations,
  journey_version_id int,
  key                text not null,
  name               text not null,
  tool               text not null,
  owner_email        text not null,
  state              text not null check (state in ('scheduled', 'running', 'ended')),
  paused             boolean not null default false,
  start_on           date not null,
  started_at         timestamptz,
  check ((state = 'scheduled') = (started_at is null)),
  unique (organization_id, key)
);

create table journey_versions (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  campaign_id     int not null references campaigns,
  number          int not null,
  definition      text not null,
  created_at      timestamptz not null,
  unique (campaign_id, number)
);
alter table campaigns add foreign key (journey_version_id) references journey_versions;
comment on column journey_versions.definition is 'the campaign file as applied';

-- A step keeps its id through every version of the journey that has its key.
create table steps (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  campaign_id     int not null references campaigns,
  key             text not null,
  unique (campaign_id, key)
);

create table enrollments (
  id                 bigint generated always as identity primary key,
  organization_id    int not null,
  campaign_id        int not null references campaigns,
  segment_id         int not null,
  journey_version_id int not null,
  person_id          bigint not null references persons on delete cascade,
  day_zero           date,
  left_on            date,
  last_planned_on    date,
  rollout_bucket     smallint not null check (rollout_bucket between 0 and 9999),
  arm_bucket         smallint not null check (arm_bucket between 0 and 9999),
  variant_bucket     smallint not null check (variant_bucket between 0 and 9999),
  next_step          smallint not null default 0,
  state              text not null check (state in ('waiting', 'active', 'done')),
  arm                text check (arm in ('nudged', 'holdout')),
  entry              text check (entry in ('new', 'lapsed', 'active')),
  variant            text,
  entry_at           timestamptz,
  floor_at           timestamptz,
  next_due_at        timestamptz,
  answered_at        timestamptz,
  telemetry_before   bigint not null default 0,
  telemetry_days     bigint not null default 0,
  telemetry_days_2   bigint not null default 0,
  self_before        bigint not null default 0,
  self_days          bigint not null default 0,
  self_days_2        bigint not null default 0,
  unique (person_id, campaign_id),
  check ((state = 'waiting') = (day_zero is null)),
  check ((day_zero is null) = (arm is null)),
  check ((day_zero is null) = (floor_at is null))
) with (fillfactor = 85);
create index enrollments_due on enrollments (organization_id, next_due_at) where next_due_at is not null;
create index enrollments_entry on enrollments (organization_id, entry_at) where entry is null and entry_at is not null;
comment on column enrollments.segment_id is 'the person''s segment, kept equal by the roster import';
comment on column enrollments.left_on is 'the person''s last day, kept equal by the roster import';
comment on column enrollments.floor_at is 'no moment is planned before this: the enrollment, or the last change of zone, country or journey';
comment on column enrollments.telemetry_days is 'dates with use: bit i is day 0 + i (64 days); _2 continues with day 64; _before: bit i is day 0 - 1 - i';

create table nudges (
  enrollment_id   bigint not null references enrollments on delete cascade,
  person_id       bigint not null,
  organization_id int not null,
  campaign_id     int not null,
  step_id         int not null references steps,
  workspace_id    int,
  planned_on      date not null,
  decided_on      date,
  planned_at      timestamptz not null,
  due_at          timestamptz not null,
  last_chance_at  timestamptz not null,
  decided_at      timestamptz,
  leased_until    timestamptz,
  attempted       boolean not null default false,
  outcome         text not null default 'pending' check (outcome in ('pending', 'sent', 'skipped', 'failed', 'unknown')),
  reason          text check (reason in (
                    'ended', 'opted-out', 'no-account', 'condition-false', 'backed-off',
                    'paused', 'snoozed', 'capped', 'throttled', 'expired', 'alternative',
                    'not-installed', 'blocked-by-user', 'no-channel', 'rejected', 'gave-up', 'no-answer')),
  message_id      text,
  primary key (enrollment_id, step_id),
  check ((outcome = 'pending') = (decided_at is null)),
  check ((outcome = 'pending') = (decided_on is null)),
  check (outcome not in ('skipped', 'failed', 'unknown') or reason is not null),
  check (leased_until is null or outcome = 'pending')
) with (fillfactor = 70);
create index nudges_due on nudges (organization_id, workspace_id, due_at) where outcome = 'pending' and leased_until is null;
-- One message in flight per person, whatever the number of dispatchers: the caps are checked while holding it.
create unique index nudges_in_flight on nudges (person_id) where leased_until is not null;
-- Whether another nudge of the person comes first.
create index nudges_pending on nudges (person_id) where outcome = 'pending';
create index nudges_counted on nudges (person_id, decided_on) where outcome in ('sent', 'unknown');
comment on column nudges.leased_until is 'by the database''s clock; a nudge with a lease is being sent by one dispatcher';
comment on column nudges.attempted is 'set before the platform is called: a lease that expires without it is given back, one with it is unknown';
comment on column nudges.decided_on is 'the person''s local date of decided_at';

create table team_posts (
  organization_id int not null,
  campaign_id     int not null references campaigns,
  step_id         int not null references steps,
  team            text not null,
  time_zone       text not null,
  country         text,
  planned_on      date not null,
  planned_at      timestamptz not null,
  due_at          timestamptz not null,
  last_chance_at  timestamptz not null,
  decided_at      timestamptz,
  leased_until    timestamptz,
  outcome         text not null default 'pending' check (outcome in ('pending', 'sent', 'skipped', 'failed', 'unknown')),
  reason          text check (reason in ('ended', 'condition-false', 'paused', 'throttled', 'expired', 'alternative', 'no-channel', 'rejected', 'gave-up', 'no-answer')),
  message_id      text,
  digest_due_at   timestamptz,
  digest_at       timestamptz,
  primary key (campaign_id, step_id, team),
  check ((outcome = 'pending') = (decided_at is null)),
  check (outcome not in ('skipped', 'failed', 'unknown') or reason is not null)
);
create index team_posts_due on team_posts (organization_id, due_at) where outcome = 'pending';
create index team_posts_digest on team_posts (organization_id, digest_due_at) where digest_due_at is not null and digest_at is null;

-- What a team wrote under a wins post: one line a person and field, the last one counts.
create table team_post_lines (
  organization_id int not null,
  campaign_id     int not null,
  step_id         int not null,
  team            text not null,
  person_id       bigint not null references persons on delete cascade,
  worked          text not null,
  did_not         text not null,
  at              timestamptz not null,
  primary key (campaign_id, step_id, team, person_id),
  foreign key (campaign_id, step_id, team) references team_posts
);

-- What people answered. A button pressed twice is one row: the key is the truth. Texts may be many.
-- A pulse leaves no value here, only that it was answered: what was said is in pulse_answers, without the person.
create table responses (
  id              bigint generated always as identity primary key,
  organization_id int not null,
  person_id       bigint not null references persons on delete cascade,
  enrollment_id   bigint references enrollments on delete cascade,
  step_id         int references steps,
  kind            text not null check (kind in (
                    'worked', 'not-useful', 'not-yet', 'blocked', 'blocked-why', 'snooze', 'stop', 'resume', 'text', 'chore', 'role',
                    'why-not', 'pulse', 'keep', 'give-back', 'minutes-saved', 'task-change', 'used')),
  value           text,
  minutes         int check (minutes between 0 and 10080),
  at              timestamptz not null
);
create unique index responses_once on responses (enrollment_id, step_id, kind) where kind not in ('text', 'used');
create index responses_person on responses (person_id);

-- A pulse is anonymous: kept by campaign, step and week, with no link to who said it and no order to guess it from.
create table pulse_answers (
  id              uuid primary key default gen_random_uuid(),
  organization_id int not null,
  campaign_id     int not null references campaigns,
  step_id         int not null references steps,
  week_of         date not null,
  kind            text not null check (kind in ('helps', 'neutral', 'hinders', 'worry')),
  value           text
);

create table usage_days (
  organization_id int not null,
  person_id       bigint not null references persons on delete cascade,
  day             date not null,
  tool            text not null,
  source          text not null check (source in ('telemetry', 'self')),
  sessions        int,
  learned_at      timestamptz not null,
  primary key (person_id, tool, day, source)
);

create table usage_feeds (
  organization_id int not null references organizations,
  tool            text not null,
  format          text not null check (format in ('github-copilot', 'csv')),
  identity        text not null check (identity in ('login', 'email')),
  complete_to     date not null,
  imported_at     timestamptz not null,
  primary key (organization_id, tool, format)
);
comment on column usage_feeds.complete_to is 'the last date of which everything is known: later dates are "no data yet", not "not used"';

create table seats (
  organization_id     int not null references organizations,
  tool                text not null,
  login               text not null check (login = lower(login)),
  person_id           bigint references persons on delete set null,
  since               date,
  last_activity_at    timestamptz,
  last_activity_editor text,
  plan                text,
  pending_cancellation date,
  seen_at             timestamptz not null,
  primary key (organization_id, tool, login)
);
