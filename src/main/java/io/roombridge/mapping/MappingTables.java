package io.roombridge.mapping;

/** What is known besides the mapping files themselves: the tables that have a meaning to the bridge. */
record MappingTables(
        SeverityTable severities, Signals signals, Routing routing, Redirections redirections, Languages languages) {}
