-- How far each hub partition is read, and which process reads it (io.roombridge.eventhubs). Runs on H2 and on PostgreSQL.

create table hub_checkpoint (
    namespace varchar(255) not null,
    hub varchar(255) not null,
    consumer_group varchar(255) not null,
    partition_id varchar(40) not null,
    sequence_number bigint not null,
    position_offset varchar(100),
    written_at timestamp with time zone not null,
    primary key (namespace, hub, consumer_group, partition_id)
);

-- A claim must name the version that it has read; the version is the ETag of the SDK. An empty owner is nobody.
create table hub_ownership (
    namespace varchar(255) not null,
    hub varchar(255) not null,
    consumer_group varchar(255) not null,
    partition_id varchar(40) not null,
    owner_id varchar(255) not null,
    version bigint not null,
    modified_at timestamp with time zone not null,
    primary key (namespace, hub, consumer_group, partition_id)
);
