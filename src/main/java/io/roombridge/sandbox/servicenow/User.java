package io.roombridge.sandbox.servicenow;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/** Who acts: the user of a session with the roles that decide what the instance lets this user do. */
record User(String sysId, String userName, String name, ZoneId zone, Set<String> roles) {

    static final String ADMIN = "admin";
    static final String ITIL = "itil";
    static final String REST_API = "snc_platform_rest_api_access";
    static final String BASIC_AUTH = "snc_basic_auth_api_access";

    /** The platform itself: virus scans and jobs sign their changes with it. */
    static final User SYSTEM = new User("", "system", "System", ZoneOffset.UTC, Set.of(ADMIN));

    boolean isAdmin() {
        return roles.contains(ADMIN);
    }

    boolean has(String role) {
        return isAdmin() || roles.contains(role);
    }
}
