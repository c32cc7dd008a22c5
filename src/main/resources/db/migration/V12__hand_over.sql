-- When an incident was handed over is known exactly only if it was its one change since the last reading (docs/closing.md).
alter table desk_view add column mod_count integer default 0 not null;
alter table desk_view add column updated_on timestamp with time zone;

-- The begin of the span in which something happened; null is the same as at.
alter table ticket_activity add column earliest timestamp with time zone;
