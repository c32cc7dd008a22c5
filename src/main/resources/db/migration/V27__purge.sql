-- Words leave the store after seven days (docs/rationale.md, "Seven days"), and the audit tells what was before and after.
-- Runs on H2 and on PostgreSQL.

-- The time of the event that a ticket keeps, until its words are taken out; those of before count from now.
alter table ticket add column event_at timestamp with time zone;
update ticket set event_at = current_timestamp;
create index ticket_event_at on ticket (event_at);

-- Up to which event the blocks of a device hold only what is needed.
alter table device_place add column reduced_at timestamp with time zone;

-- Whether the texts of a decision of shadow mode are taken out.
alter table shadow_write add column reduced boolean default false not null;
create index shadow_write_reduced on shadow_write (reduced, at);

-- What a change changed: from what to what.
alter table audit_entry add column was varchar(1200) default '' not null;
alter table audit_entry add column became varchar(1200) default '' not null;
alter table dead_letter_act add column was varchar(20) default '' not null;

-- What the audit told last of the settings and of the mapping files, name by name, to tell which of them changed.
create table audit_known (
    subject varchar(40) not null primary key,
    state text not null
);
