-- What tickets wait for (docs/rationale.md, "Appointments"). Runs on H2 and on PostgreSQL; all times are instants.

-- The earliest of a ticket's appointments; the hold-down of a recovery is one of them.
alter table ticket add column next_appointment timestamp with time zone;
update ticket set next_appointment = hold_down_until;
drop index ticket_hold_down;
alter table ticket drop column hold_down_until;
create index ticket_next_appointment on ticket (next_appointment);
create index ticket_device on ticket (tenant, device);

-- Since when a statement has said what it says, and when it lapses by itself.
alter table room_fact add column holds_since timestamp with time zone;
update room_fact set holds_since = at;
alter table room_fact add column holds_until timestamp with time zone;
