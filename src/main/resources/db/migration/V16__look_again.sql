-- Incidents that have to be heard again by name, because a letter about them was given back. Runs on H2 and on PostgreSQL.
create table look_again (
    instance varchar(100) not null,
    incident varchar(32) not null,
    asked_at timestamp with time zone not null,
    primary key (instance, incident)
);
