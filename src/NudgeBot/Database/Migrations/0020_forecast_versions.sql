-- Which version of the campaign a forecast was worked out for: times cannot tell where a clock stands, as in the playground.
alter table forecasts add column journey_version_id int;
comment on column forecasts.journey_version_id is 'the newest when the work began, or an older one: what changed meanwhile is not in it; null before';
