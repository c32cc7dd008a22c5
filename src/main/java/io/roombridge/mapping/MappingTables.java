package io.roombridge.mapping;

import io.roombridge.privacy.Privacy;

/** What is known besides the mapping files themselves: the tables that have a meaning to the bridge. */
record MappingTables(
        SeverityTable severities,
        Signals signals,
        Routing routing,
        Redirections redirections,
        Languages languages,
        Scope scope,
        Privacy privacy) {}
