-- The audit log. What is written stays: entries are numbered from 1 without gap, and each carries a hash over itself and the one before.

create table audit_entries (
  organization_id int not null references organizations,
  number          bigint not null,
  at              timestamptz not null,
  actor           text not null,
  place           text not null,
  action          text not null,
  refused         boolean not null,
  campaign        text,
  subject         uuid,
  before          text,
  after           text,
  why             bytea,
  named           text,
  hash            bytea not null,
  primary key (organization_id, number)
);
create index audit_entries_actor on audit_entries (organization_id, actor, number);
create index audit_entries_campaign on audit_entries (organization_id, campaign, number) where campaign is not null;
comment on column audit_entries.actor is 'operator, system, or the pseudonym of a person';
comment on column audit_entries.before is 'JSON as the hash has it; people by pseudonym, what is personal sealed under their key';
comment on column audit_entries.why is 'sealed under the actor''s key; the operator''s words are UTF-8';
comment on column audit_entries.named is 'JSON: the pseudonyms that are new with this entry, each with the SHA-256 of its sealed e-mail';

-- Where the chain ends; its lock is what makes writers go one after the other.
create table audit_heads (
  organization_id int primary key references organizations,
  number          bigint not null,
  hash            bytea not null
);

-- Who the pseudonyms are. A person that is deleted leaves the pseudonym alone: without the key nothing of them can be read any more.
create table audit_persons (
  organization_id int not null references organizations,
  pseudonym       uuid not null,
  person_id       bigint references persons,
  key             bytea check (octet_length(key) = 32),
  email           bytea,
  primary key (organization_id, pseudonym),
  unique (organization_id, person_id),
  check ((person_id is null) = (key is null)),
  check ((person_id is null) = (email is null))
);
create index audit_persons_person on audit_persons (person_id);

create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log only grows: % on % is refused.', lower(tg_op), tg_table_name using errcode = 'restrict_violation';
end $$;

create function audit_refuse_unless_next() returns trigger language plpgsql as $$
begin
  if new.organization_id = old.organization_id and new.number = old.number + 1 then return new; end if;
  raise exception 'The audit log only grows: its head goes on from % to %, not to %.', old.number, old.number + 1, new.number
    using errcode = 'restrict_violation';
end $$;

create function audit_refuse_unless_forgotten() returns trigger language plpgsql as $$
begin
  if new.organization_id = old.organization_id and new.pseudonym = old.pseudonym
    and new.person_id is null and new.key is null and new.email is null then return new; end if;
  raise exception 'Whom the audit log names stays as it is, or is forgotten as a whole.' using errcode = 'restrict_violation';
end $$;

create trigger only_grows before update or delete or truncate on audit_entries for each statement execute function audit_refuse();
create trigger only_grows before delete or truncate on audit_heads for each statement execute function audit_refuse();
create trigger only_next before update on audit_heads for each row execute function audit_refuse_unless_next();
create trigger only_grows before delete or truncate on audit_persons for each statement execute function audit_refuse();
create trigger only_forgotten before update on audit_persons for each row execute function audit_refuse_unless_forgotten();
