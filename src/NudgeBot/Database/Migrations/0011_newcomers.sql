-- Who is new on the roster is looked for in the workspaces at once; until then nobody says that they have no account.

alter table workspaces add column people_to bigint;
comment on column workspaces.people_to is 'persons up to this id were looked for there; null: a platform on which nobody is looked for';
update workspaces set people_to = 0 where platform = 'slack';

alter table slack_people_reads add column people_to bigint not null default 0;
comment on column slack_people_reads.people_to is 'the newest person when the reading began that is under way: whoever comes later is looked for by e-mail';
