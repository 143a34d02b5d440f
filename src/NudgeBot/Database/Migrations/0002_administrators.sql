-- Who may do everything in chat, beside those who own a campaign.

alter table persons add column admin boolean not null default false;
