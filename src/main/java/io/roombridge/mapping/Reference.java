package io.roombridge.mapping;

import java.util.Optional;

/**
 * A record of another ServiceNow table, named by the value of one of its fields. It stays symbolic here: the write path
 * asks the instance, and takes it only if it is exactly one active record.
 *
 * @param value as the administrator wrote it. A sys_id names its record whatever the field is; {@link #REPORTER} stands for
 *     whoever recorded the issue, because no mapping sees an account
 * @param otherwise what is tried when this is not exactly one record
 */
public record Reference(String table, String field, String value, Optional<Reference> otherwise) {

    /** In place of a value: the account of the person who recorded the issue. */
    public static final String REPORTER = "$reporter";

    private static final int SHOWN = 100;

    public Reference(String table, String field, String value) {
        this(table, field, value, Optional.empty());
    }

    public boolean ofReporter() {
        return value.equals(REPORTER);
    }

    /** For people: {@code sys_user_group with name 'Service Desk'}; never an account that an event names. */
    public String shown() {
        return ofReporter()
                ? table + " with the reporter's " + field
                : table + " with " + field + " '" + PlainText.truncate(value, SHOWN) + "'";
    }
}
