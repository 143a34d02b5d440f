-- The files of a forecast are written by the terminal, which works it out itself; of one that was asked for in chat the message is all.

alter table forecasts add column foreseen boolean;
update forecasts set foreseen = steps_csv is not null where finished_at is not null;
alter table forecasts drop column steps_csv, drop column hours_csv, drop column unreached_csv;
alter table forecasts add check ((finished_at is null) = (foreseen is null));
comment on column forecasts.foreseen is 'whether the message is a forecast, and not why there is none';
