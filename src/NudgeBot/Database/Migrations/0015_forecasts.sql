-- Forecasts that somebody asked for: worked out in the background, kept for a while.

create table forecasts (
  id              bigint generated always as identity primary key,
  organization_id int not null references organizations,
  campaign_key    text not null,
  person_id       bigint not null references persons on delete cascade,
  asked_at        timestamptz not null,
  leased_until    timestamptz,
  attempts        smallint not null default 0,
  doing           text not null default '',
  percent         smallint not null default 0 check (percent between 0 and 100),
  finished_at     timestamptz,
  message         text,
  steps_csv       text,
  hours_csv       text,
  unreached_csv   text,
  check ((finished_at is null) = (message is null))
);
create index forecasts_open on forecasts (organization_id, asked_at) where finished_at is null;
-- Asked twice before the first is there, it is one.
create unique index forecasts_once on forecasts (organization_id, campaign_key, person_id) where finished_at is null;
create index forecasts_person on forecasts (person_id);
comment on column forecasts.leased_until is 'by the database''s clock: until then it is one replica''s';
comment on column forecasts.attempts is 'how often a replica has begun it';
comment on column forecasts.message is 'the neutral message, as JSON: the forecast, or why there is none';
comment on column forecasts.steps_csv is 'null where there is no forecast, as of the other two';
