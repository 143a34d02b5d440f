-- People of a Teams tenant by Microsoft Graph, read as those of Slack are: in full, and from then on what has changed.

alter table slack_people_reads rename to people_reads;
alter table people_reads
  add column changes_from text not null default '',
  add column began_at     timestamptz,
  add column zones_to     bigint;
comment on column people_reads.changes_from is 'where the next reading begins, which then brings what has changed since; empty: with everybody';
comment on column people_reads.began_at is 'when the first page was read of the last reading';
comment on column people_reads.zones_to is 'accounts up to this id were asked for the zone of their mailbox since the last reading; null: none is to be asked';

alter table accounts
  add column seen_at  timestamptz,
  add column is_given boolean not null default false;
comment on column accounts.seen_at is 'when a directory that tells only changes named it last; null: never';
comment on column accounts.is_given is 'the app was installed for the person, who did nothing for it: no greeting, whatever the hour';

alter table teams_tenants add column missing_permissions text[] not null default '{}';
comment on column teams_tenants.missing_permissions is 'those of Microsoft Graph without which a call was refused, until one is taken';
