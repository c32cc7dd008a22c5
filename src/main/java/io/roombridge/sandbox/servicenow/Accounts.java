package io.roombridge.sandbox.servicenow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may log in to the embedded ServiceNow, and with what. The secrets are made from the seed of {@link Setup}. */
public final class Accounts {

    /** A name with its secret; the secret is left out of {@code toString}. */
    public record Credentials(String name, String password) {
        @Override
        public String toString() {
            return name + "/***";
        }
    }

    /** The user name of the bridge. */
    public static final String INTEGRATION_USER = "roombridge";

    private static final List<String> AGENTS = List.of("beth.anglin", "david.loo", "don.goodliffe", "fred.luddy");
    private static final List<String> CALLERS =
            List.of("abel.tuter", "carol.coughlin", "joe.employee", "rooms.contact");

    private static final List<String> GROUPS = List.of(
            "Service Desk", "AV Field Services", "Network Operations", "Identity and Access", "Facilities", "Software");

    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final Credentials oauthClient;
    private final String apiKey;

    Accounts(Setup setup, Ids ids) {
        String generated = ids.secret(20);
        passwords.put(User.ADMIN, setup.adminPassword().isEmpty() ? generated : setup.adminPassword());
        passwords.put(INTEGRATION_USER, ids.secret(20));
        AGENTS.forEach(agent -> passwords.put(agent, ids.secret(20)));
        CALLERS.forEach(caller -> passwords.put(caller, ids.secret(20)));
        oauthClient = new Credentials(ids.sysId(), ids.secret(24));
        apiKey = "now_" + ids.secret(48);
    }

    /** A user with every role. */
    public Credentials admin() {
        return of(User.ADMIN);
    }

    /** The bridge's user: itil and REST access, time zone GMT. */
    public Credentials integration() {
        return of(INTEGRATION_USER);
    }

    /** The OAuth client; with the grant {@code client_credentials} it acts as the integration user. */
    public Credentials oauthClient() {
        return oauthClient;
    }

    /** For the header {@code x-sn-apikey}; it acts as the integration user. */
    public String apiKey() {
        return apiKey;
    }

    /** User names of people of the desk (role itil). */
    public List<String> agents() {
        return AGENTS;
    }

    /** User names of people who only call the desk (no role). */
    public List<String> callers() {
        return CALLERS;
    }

    /** Names of the assignment groups. */
    public List<String> groups() {
        return GROUPS;
    }

    /** The credentials of any of these users. */
    public Credentials of(String userName) {
        String password = passwords.get(userName);
        if (password == null) {
            throw new IllegalArgumentException("no such user: " + userName + ", expected one of " + passwords.keySet());
        }
        return new Credentials(userName, password);
    }

    boolean accepts(String userName, String password) {
        return password.equals(passwords.get(userName));
    }
}
