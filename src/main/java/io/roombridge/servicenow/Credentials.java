package io.roombridge.servicenow;

/**
 * How the bridge proves to an instance who it is (facts/servicenow.md, section 5). No variant shows its secret in
 * {@code toString}, so that settings may be logged.
 */
public sealed interface Credentials {

    /** User name and password with every call; recent instances allow it only for users with an allow-role. */
    record Basic(String user, String password) implements Credentials {
        public Basic {
            requireText("user", user);
            requireText("password", password);
        }

        @Override
        public String toString() {
            return "Basic[user=" + user + ", password=***]";
        }
    }

    /** OAuth client credentials; the recommended way. An empty scope is not sent. */
    record ClientCredentials(String clientId, String clientSecret, String scope) implements Credentials {
        public ClientCredentials {
            requireText("client id", clientId);
            requireText("client secret", clientSecret);
            scope = scope == null ? "" : scope.strip();
        }

        @Override
        public String toString() {
            return "ClientCredentials[clientId=" + clientId + ", clientSecret=***, scope=" + scope + "]";
        }
    }

    /** OAuth resource owner password grant; instances may have it switched off. An empty scope is not sent. */
    record Password(String clientId, String clientSecret, String user, String password, String scope)
            implements Credentials {
        public Password {
            requireText("client id", clientId);
            requireText("client secret", clientSecret);
            requireText("user", user);
            requireText("password", password);
            scope = scope == null ? "" : scope.strip();
        }

        @Override
        public String toString() {
            return "Password[clientId=" + clientId + ", clientSecret=***, user=" + user + ", password=***, scope="
                    + scope + "]";
        }
    }

    /** A key in the header {@code x-sn-apikey}; needs an inbound authentication profile on the instance. */
    record ApiKey(String key) implements Credentials {
        public ApiKey {
            requireText("API key", key);
        }

        @Override
        public String toString() {
            return "ApiKey[key=***]";
        }
    }

    /**
     * Sixteen bits that nearly always change with the secret: enough to tell new credentials from refused ones, useless
     * to find them out.
     */
    default String mark() {
        return Integer.toHexString(hashCode() & 0xffff);
    }

    private static void requireText(String what, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " of the ServiceNow credentials is empty; set it");
        }
    }
}
