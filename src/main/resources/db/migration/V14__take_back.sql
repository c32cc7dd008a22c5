-- A closing is asked about when its ticket is looked at, no more by a search of its own (docs/rationale.md): what waits for
-- being taken back is looked at once more.
update closing_clock set look_at = current_timestamp
    where exists (select 1 from closing_record r where r.step = 'CLOSED' and r.tenant = closing_clock.tenant
        and r.instance = closing_clock.instance and r.ticket_id = closing_clock.ticket_id);
