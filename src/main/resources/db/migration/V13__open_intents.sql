-- Writes that were cut off and that nobody came back for are looked for on a schedule.
create index intent_open on intent (result, opened_at);
