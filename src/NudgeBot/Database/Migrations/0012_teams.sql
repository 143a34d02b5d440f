-- Teams: where a tenant's conversations are, and whether anybody has the app there.

create table teams_tenants (
  workspace_id    int primary key,
  organization_id int not null,
  bot_id          text not null,
  service_url     text,
  foreign key (organization_id, workspace_id) references workspaces (organization_id, id)
);
comment on column teams_tenants.bot_id is 'the bot as conversations know it: 28: and its app id';
comment on column teams_tenants.service_url is 'as the newest activity of the tenant named it; null: none has come yet, so that nobody has the app';

create or replace view workspace_connections as
select w.organization_id, w.id as workspace_id,
       case w.platform
         when 'slack' then exists (select from slack_installations i where i.workspace_id = w.id and i.revoked_at is null)
         when 'teams' then exists (select from teams_tenants t where t.workspace_id = w.id and t.service_url is not null)
         else true
       end as connected
from workspaces w;
