-- What the clock field of an incident shows, so that it is written only when it changes (docs/closing.md).
alter table closing_clock add column shown varchar(1000) default '' not null;

-- Facts as they come in, for the time to the first response.
create index ticket_activity_recorded on ticket_activity (kind, recorded_at);
