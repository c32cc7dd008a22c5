-- Incidents that another integration made and the bridge takes over (docs/operations.md, "Taking over"). Runs on H2 and on PostgreSQL.

-- One row for each ticket of the portal that somebody imported or decided about.
create table adoption (
    tenant varchar(200) not null,
    portal_ticket_id varchar(400) not null,
    instance varchar(100) not null,
    ticket_id varchar(60), -- once the bridge has heard of the ticket
    incident varchar(40), -- its sys_id
    number varchar(100),
    state varchar(20) not null, -- PLANNED UNCERTAIN LINKED DECLINED ROLLING_BACK ROLLED_BACK
    doubt varchar(40), -- why it waits for a person
    detail varchar(2000) not null,
    room varchar(400) not null, -- for people
    signal varchar(400) not null,
    former_id varchar(200) not null, -- what stood in correlation_id and correlation_display before
    former_display varchar(400) not null,
    decided boolean not null, -- by a person: no import changes it
    by_name varchar(200) not null,
    reason varchar(2000) not null,
    at timestamp with time zone not null,
    primary key (tenant, portal_ticket_id)
);
create index adoption_ticket on adoption (ticket_id);
create index adoption_state on adoption (state);
