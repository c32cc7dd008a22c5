package io.roombridge.doctor;

import io.roombridge.servicenow.Query;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the integration user has roles that it does not need. That it has those it needs is proven by what it does. */
final class Roles implements Probe {

    private static final int MANY = 200;

    private static final Set<String> TOO_MUCH = Set.of(
            "admin",
            "security_admin",
            "impersonator",
            "audit_viewer",
            "web_service_admin",
            "rest_api_explorer",
            "incident_manager");

    private final Instance instance;

    Roles(Instance instance) {
        this.instance = instance;
    }

    @Override
    public List<Finding> look() {
        Set<String> roles = new TreeSet<>();
        instance
                .inspection()
                .rows(
                        "sys_user_has_role",
                        Query.where("user.user_name", instance.user()),
                        MANY,
                        List.of("user.user_name", "role.name"))
                .stream()
                .filter(row -> row.get("user.user_name").equalsIgnoreCase(instance.user()))
                .forEach(row -> roles.add(row.get("role.name")));
        return List.of(verdict(roles));
    }

    static Finding verdict(Collection<String> roles) {
        if (roles.isEmpty()) {
            return Finding.unproven("the user's roles are not shown to it (sys_user_has_role); that is usual");
        }
        List<String> tooMuch = roles.stream().filter(TOO_MUCH::contains).toList();
        if (tooMuch.isEmpty()) {
            return Finding.green(String.join(", ", roles));
        }
        return Finding.amber(
                "the user has " + String.join(", ", tooMuch),
                "no more than incidents and its own journal rule: with such a role every access rule looks right",
                "take it away (User Administration › Users › Roles) and run doctor again; docs/servicenow-setup.md names"
                        + " the roles that are needed");
    }
}
