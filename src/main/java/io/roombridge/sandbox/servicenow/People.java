package io.roombridge.sandbox.servicenow;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds users with their roles and checks passwords. Six wrong passwords lock an account, also for the right one. */
final class People {

    private static final int ATTEMPTS = 6;

    private final Tables tables;
    private final Accounts accounts;

    People(Tables tables, Accounts accounts) {
        this.tables = tables;
        this.accounts = accounts;
    }

    Optional<User> user(String userName) {
        return tables.findBy("sys_user", "user_name", userName).map(this::user);
    }

    /** The user, if the password is right and the account is active and not locked. */
    Optional<User> logIn(String userName, String password) {
        Optional<Row> found = tables.findBy("sys_user", "user_name", userName)
                .filter(row -> row.get("active").equals("true"))
                .filter(row -> !row.get("locked_out").equals("true"));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        boolean right = accounts.accepts(userName, password);
        count(found.get(), right);
        return right ? found.map(this::user) : Optional.empty();
    }

    private void count(Row user, boolean right) {
        int before = Integer.parseInt(user.get("failed_attempts"));
        int failures = right ? 0 : before + 1;
        if (failures != before) {
            tables.put(
                    "sys_user",
                    user.with("failed_attempts", String.valueOf(failures))
                            .with("locked_out", String.valueOf(failures >= ATTEMPTS)));
        }
    }

    private User user(Row row) {
        Set<String> roles = tables.rows("sys_user_has_role").stream()
                .filter(grant -> grant.get("user").equals(row.sysId()))
                .flatMap(grant -> tables.find("sys_user_role", grant.get("role")).stream())
                .map(role -> role.get("name"))
                .collect(Collectors.toUnmodifiableSet());
        return new User(row.sysId(), row.get("user_name"), row.get("name"), zone(row.get("time_zone")), roles);
    }

    private static ZoneId zone(String name) {
        try {
            return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
