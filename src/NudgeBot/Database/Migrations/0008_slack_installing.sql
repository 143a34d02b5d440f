-- Installing the Slack app: who began, and that a token which is worth nothing any more is not kept.

alter table slack_installations
  alter column app_id drop not null,
  alter column bot_token drop not null,
  add check (bot_token is not null or revoked_at is not null);
comment on column slack_installations.app_id is 'null where the token came from the environment: Slack does not tell it then';
comment on column slack_installations.refresh_token is 'encrypted with NUDGEBOT_KEY; null: the token cannot be renewed, by its nature or because Slack refuses';

create table slack_install_states (
  state           bytea primary key,
  organization_id int not null references organizations,
  browser         bytea not null,
  expires_at      timestamptz not null
);
comment on table slack_install_states is 'installations that were begun in a browser; gone with the first use';
comment on column slack_install_states.state is 'SHA-256 of what Slack hands back';
comment on column slack_install_states.browser is 'SHA-256 of the cookie in the browser that began';
comment on column slack_install_states.expires_at is 'by the wire clock';
