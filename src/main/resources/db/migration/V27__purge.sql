-- Words leave the store after seven days (docs/rationale.md, "Seven days"). Runs on H2 and on PostgreSQL.

-- The time of the event that a ticket keeps, until its words are taken out; those of before count from now.
alter table ticket add column event_at timestamp with time zone;
update ticket set event_at = current_timestamp;
create index ticket_event_at on ticket (event_at);

-- Up to which event the blocks of a device hold only what is needed.
alter table device_place add column reduced_at timestamp with time zone;

-- Whether the texts of a decision of shadow mode are taken out.
alter table shadow_write add column reduced boolean default false not null;
create index shadow_write_reduced on shadow_write (reduced, at);
