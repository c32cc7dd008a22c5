-- Who took the responsibility for mapping files whose tests fail (docs/mapping.md, "How a change gets safe").
create table mapping_release (
    version varchar(40) not null primary key,
    released_by varchar(200) not null,
    at timestamp with time zone not null
);
