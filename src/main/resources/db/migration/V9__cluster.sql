-- What the nodes of a cluster share (docs/rationale.md, "Several nodes"). Runs on H2 and on PostgreSQL; all times are instants.

-- Under which lease the cursor was moved last; whoever held an earlier one moves it no more.
alter table poll_cursor add column fence bigint default 0 not null;
