-- The regular look at a campaign's figures, and what was decided.

create table reviews (
  id              bigint generated always as identity primary key,
  organization_id int not null,
  campaign_id     int not null references campaigns,
  due_on          date,
  decided         text,
  decided_at      timestamptz,
  person_id       bigint references persons on delete set null,
  figures         text,
  unique (campaign_id, due_on),
  check (due_on is not null or decided is not null),
  check ((decided is null) = (decided_at is null)),
  check ((decided is null) = (figures is null))
);
create index reviews_decided on reviews (campaign_id, decided_at) where decided is not null;
comment on column reviews.due_on is 'when it was asked for; null: decided out of turn';
comment on column reviews.decided is 'null: not yet';
comment on column reviews.person_id is 'null: the operator, or somebody who was deleted';
comment on column reviews.figures is 'JSON: the gate''s figures at the moment of the decision';
