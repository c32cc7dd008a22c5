package io.roombridge.mapping;

/**
 * A record of another ServiceNow table, named by the value of one of its fields. It stays symbolic here; the write path
 * resolves it and drops it with a warning unless exactly one record matches.
 */
public record Reference(String table, String field, String value) {}
