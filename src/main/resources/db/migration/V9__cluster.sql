-- What the nodes of a cluster share (docs/rationale.md, "Several nodes"). Runs on H2 and on PostgreSQL; all times are instants.

-- Under which lease the cursor was moved last; whoever held an earlier one moves it no more.
alter table poll_cursor add column fence bigint default 0 not null;

-- How each instance stands with all nodes: who has to wait, who tries whether it is back, whether its login is good.
create table instance_standing (
    instance varchar(100) not null primary key,
    credential varchar(10) not null,
    refused_logins integer not null,
    paused_until timestamp with time zone not null,
    reason varchar(40) not null,
    detail varchar(2000) not null,
    try_by varchar(100) not null,
    try_until timestamp with time zone not null,
    proven_at timestamp with time zone not null
);

-- How many calls of its hour the nodes have set aside for themselves.
create table instance_budget (
    instance varchar(100) not null primary key,
    window_end timestamp with time zone not null,
    reserved integer not null
);
