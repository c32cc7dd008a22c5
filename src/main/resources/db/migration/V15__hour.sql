-- Which hour of an instance it is, and what the instance itself said of its end and its limit (0: nothing; io.roombridge.servicenow.Hour).
-- Runs on H2 and on PostgreSQL.

alter table instance_budget add column hour_number bigint default 0 not null;
alter table instance_budget add column end_told boolean default false not null;
alter table instance_budget add column hourly_limit integer default 0 not null;
