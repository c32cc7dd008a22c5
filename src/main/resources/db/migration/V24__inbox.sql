-- What was posted over HTTP and is not finished (docs/operations.md, "Hooks"). Runs on H2 and on PostgreSQL.

-- The number of the newest event. Its lock lets posts commit in the order of their numbers, so no reader passes one over.
create table inbox_end (
    name varchar(40) not null primary key,
    position bigint not null
);
insert into inbox_end (name, position) values ('inbox', 0);

create table inbox (
    position bigint not null primary key,
    source varchar(100) not null,
    order_key varchar(1000),
    payload text not null,
    received_at timestamp with time zone not null
);

-- Where each device stands, as an event named it last: for reports that know only the device.
create table device_place (
    tenant varchar(200) not null,
    device varchar(400) not null,
    account varchar(400),
    room varchar(400) not null,
    blocks text not null,
    at timestamp with time zone not null,
    primary key (tenant, device)
);
create index device_place_account on device_place (tenant, account);
