-- Microsoft Teams.

create table teams_tenants (
  workspace_id    int primary key,
  organization_id int not null,
  service_url     text not null,
  foreign key (organization_id, workspace_id) references workspaces (organization_id, id)
);
comment on column teams_tenants.service_url is 'as Teams last named it: where the tenant''s conversations are';
