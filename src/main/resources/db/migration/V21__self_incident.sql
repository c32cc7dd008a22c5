-- The incident in which the bridge says what is wrong with itself (io.roombridge.watch). One row for the cluster; a write
-- claims the row by its version before it leaves. Runs on H2 and on PostgreSQL; all times are instants.
create table self_incident (
    correlation_id varchar(100) not null primary key,
    version bigint not null,
    phase varchar(20) not null,
    sys_id varchar(32),
    told varchar(500) not null,
    written_at timestamp with time zone,
    well_since timestamp with time zone,
    attempt varchar(20),
    attempt_told varchar(500),
    attempt_at timestamp with time zone
);

-- Instances that do not answer, since when, and when a mail told so.
create table instance_outage (
    instance varchar(100) not null primary key,
    since timestamp with time zone not null,
    mailed_at timestamp with time zone
);
