-- Whom a complete roster did not name, as it was shown to the administrator who imported it in chat, until they confirm it.

create table absence_lists (
  id              int generated always as identity primary key,
  organization_id int not null references organizations,
  person_id       bigint not null references persons on delete cascade,
  listed_at       timestamptz not null,
  absent          bigint[] not null,
  state           text not null default 'open' check (state in ('open', 'marked', 'void'))
);
create index absence_lists_organization on absence_lists (organization_id);
create index absence_lists_person on absence_lists (person_id);
comment on column absence_lists.person_id is 'who imported, and alone may confirm';
comment on column absence_lists.absent is 'the ids of the people that were shown; empty once it is not open any more';
comment on column absence_lists.state is 'void: another roster has come in since';
