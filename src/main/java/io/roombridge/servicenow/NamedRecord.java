package io.roombridge.servicenow;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A record that was asked for by the value of a field.
 *
 * @param active whether it is in use; so is a record of a table that does not tell
 * @param accounts of a user its name and address, in lower case; of any other record nothing
 */
public record NamedRecord(String sysId, boolean active, Set<String> accounts) {

    private static final Set<String> OF_USER = Set.of("user_name", "email");

    static Set<String> fields(String table) {
        return table.equals("sys_user") ? OF_USER : Set.of();
    }

    static NamedRecord of(Map<?, ?> row) {
        Stream<String> accounts =
                OF_USER.stream().map(field -> Row.text(row, field).toLowerCase(Locale.ROOT));
        return new NamedRecord(
                Row.text(row, "sys_id"),
                !Row.text(row, "active").equals("false"),
                accounts.filter(account -> !account.isEmpty()).collect(Collectors.toUnmodifiableSet()));
    }

    /** An account is nobody's business. */
    @Override
    public String toString() {
        return sysId;
    }
}
