-- What may have been sent is asked of the platform, where it can be asked; who is in a workspace, and who cannot be reached there.

alter table nudges add column in_doubt_since timestamptz;
create index nudges_in_doubt on nudges (organization_id, due_at) where in_doubt_since is not null;
comment on column nudges.in_doubt_since is 'by the database''s clock: it may have been sent, and not before; the platform is asked at due_at. Its lease never ends by itself, so that nobody sends it meanwhile';

alter table team_posts add column in_doubt_since timestamptz;
comment on column team_posts.in_doubt_since is 'as of nudges';

alter table wins add column in_doubt_since timestamptz;
comment on column wins.in_doubt_since is 'as of nudges';

alter table accounts add column unreachable text;
comment on column accounts.unreachable is 'why the platform delivers nothing to this account, in the platform''s word; null: nothing is known against it';

-- How far the people of a workspace were read: a page and its cursor are one transaction.
create table slack_people_reads (
  workspace_id    int primary key,
  organization_id int not null,
  cursor          text not null default '',
  finished_at     timestamptz,
  foreign key (organization_id, workspace_id) references workspaces (organization_id, id)
);
comment on column slack_people_reads.cursor is 'of the next page; empty: the first';
comment on column slack_people_reads.finished_at is 'when the last page was read for the last time; null: never, or one is being read after an install';
