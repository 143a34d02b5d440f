-- How the first administrator comes into chat.

create table admin_codes (
  organization_id int primary key references organizations,
  hash            bytea not null,
  expires_at      timestamptz not null,
  wrong           int not null default 0
);
comment on column admin_codes.hash is 'SHA-256 of the code: whoever reads the database cannot use it';
comment on column admin_codes.expires_at is 'by the wire clock';
