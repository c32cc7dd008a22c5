package io.roombridge.sandbox.servicenow;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a new instance has before anybody works in it: people, roles, groups, a company, choices, its dictionary. */
final class Seeds {

    /** An agent of the desk sees the clock of the office, not GMT. */
    private static final String OFFICE_ZONE = "Europe/Berlin";

    private final Tables tables;
    private final Ids ids;
    private final String time;

    Seeds(Tables tables, Ids ids, Instant now) {
        this.tables = tables;
        this.ids = ids;
        this.time = SysTime.of(now);
    }

    void plant(Accounts accounts) {
        add("core_company", Map.of("name", "Contoso"));
        for (String role : List.of(User.ADMIN, User.ITIL, User.REST_API, User.BASIC_AUTH)) {
            add("sys_user_role", Map.of("name", role));
        }
        accounts.groups().forEach(group -> add("sys_user_group", Map.of("name", group, "active", "true")));
        user(User.ADMIN, "System Administrator", "UTC", User.ADMIN);
        user(Accounts.INTEGRATION_USER, "Roombridge Integration", "GMT", User.ITIL, User.REST_API);
        accounts.agents().forEach(agent -> user(agent, nameOf(agent), OFFICE_ZONE, User.ITIL, User.REST_API));
        accounts.callers().forEach(caller -> user(caller, nameOf(caller), OFFICE_ZONE));
        memberships(accounts.groups(), accounts.agents());
        choices();
        closeCodes("modern");
        dictionaryEntries();
        add("sys_properties", Map.of("name", "glide.ui.autoclose.time", "value", "7"));
        add("sys_properties", Map.of("name", "com.snc.incident.autoclose.basedon.resolved_at", "value", "true"));
    }

    /** Replaces the list of resolution codes by that of another generation of releases. */
    void closeCodes(String profile) {
        tables.removeIf("sys_choice", row -> row.get("element").equals("close_code"));
        int sequence = 0;
        for (String line : Dictionary.lines("close-codes.txt")) {
            String[] part = line.split("\\|", -1);
            if (part[0].equals(profile)) {
                choice("incident", "close_code", part[1], part[1], sequence++);
            }
        }
    }

    private void choices() {
        int sequence = 0;
        for (String line : Dictionary.lines("choices.txt")) {
            String[] part = line.split("\\|", -1);
            choice(part[0], part[1], part[2], part[3], sequence++);
        }
    }

    private void choice(String table, String element, String value, String label, int sequence) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("name", table);
        row.put("element", element);
        row.put("value", value);
        row.put("label", label);
        row.put("language", "en");
        row.put("sequence", String.valueOf(sequence));
        row.put("inactive", "false");
        add("sys_choice", row);
    }

    private void user(String userName, String name, String zone, String... roles) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("user_name", userName);
        row.put("name", name);
        row.put("first_name", name.substring(0, name.indexOf(' ')));
        row.put("last_name", name.substring(name.indexOf(' ') + 1));
        row.put("email", userName + "@contoso.example");
        row.put("active", "true");
        row.put("locked_out", "false");
        row.put("failed_attempts", "0");
        row.put("vip", "false");
        row.put("time_zone", zone);
        row.put("web_service_access_only", String.valueOf(userName.equals(Accounts.INTEGRATION_USER)));
        String user = add("sys_user", row);
        Arrays.stream(roles)
                .forEach(role -> add("sys_user_has_role", Map.of("user", user, "role", id("sys_user_role", role))));
    }

    private void memberships(List<String> groups, List<String> agents) {
        for (int i = 0; i < groups.size(); i++) {
            String agent = tables.findBy("sys_user", "user_name", agents.get(i % agents.size()))
                    .map(Row::sysId)
                    .orElseThrow();
            add("sys_user_grmember", Map.of("user", agent, "group", id("sys_user_group", groups.get(i))));
        }
    }

    private void dictionaryEntries() {
        for (TableDefinition table : tables.dictionary().tables()) {
            for (Field field : table.fields().values()) {
                if (field.table().equals(table.name())) {
                    add("sys_dictionary", entry(field));
                }
            }
        }
    }

    private static Map<String, String> entry(Field field) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("name", field.table());
        row.put("element", field.name());
        row.put("column_label", field.label());
        row.put("internal_type", field.kind().internalType);
        row.put("max_length", String.valueOf(field.maxLength()));
        row.put("reference", field.reference());
        row.put("read_only", String.valueOf(field.readOnly()));
        row.put("mandatory", "false");
        row.put("active", "true");
        return row;
    }

    private String id(String table, String name) {
        return tables.findBy(table, "name", name).map(Row::sysId).orElseThrow();
    }

    private String add(String table, Map<String, String> values) {
        Map<String, String> row = new LinkedHashMap<>(values);
        row.put("sys_id", ids.sysId());
        row.put("sys_created_on", time);
        row.put("sys_created_by", User.SYSTEM.userName());
        row.put("sys_updated_on", time);
        row.put("sys_updated_by", User.SYSTEM.userName());
        row.put("sys_mod_count", "0");
        tables.put(table, new Row(row));
        return row.get("sys_id");
    }

    /** {@code beth.anglin} is Beth Anglin. */
    private static String nameOf(String userName) {
        String[] part = userName.split("\\.");
        return capital(part[0]) + " " + capital(part[1]);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
