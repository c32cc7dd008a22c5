package io.roombridge.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A JDBC address, as far as safety depends on it: a database on another machine is spoken to encrypted, its certificate and
 * its name are checked, and the address carries no password. Pure.
 */
public record StoreAddress(String url) {

    private static final String POSTGRES = "jdbc:postgresql:";
    private static final String SSL_MODE = "sslmode";
    private static final String SAFE_MODE = "verify-full";

    /** Whether somebody who must not know it would find the password in the address. */
    boolean carriesPassword() {
        return url.toLowerCase(Locale.ROOT).matches(".*[?&;](ssl)?password=.*");
    }

    /** The mode of encryption that the address asks for and that would let others read along or answer instead. */
    Optional<String> unsafeMode() {
        return Optional.ofNullable(parameters().get(SSL_MODE))
                .filter(mode -> remotePostgres() && !mode.equalsIgnoreCase(SAFE_MODE));
    }

    /**
     * What the driver is told besides the address. Without a root certificate of its own it takes those that the process
     * trusts (roombridge.tls.ca-file).
     */
    public Map<String, String> driverProperties() {
        if (!remotePostgres()) {
            return Map.of();
        }
        Map<String, String> properties = new HashMap<>(Map.of(SSL_MODE, SAFE_MODE));
        if (!parameters().containsKey("sslrootcert") && !parameters().containsKey("sslfactory")) {
            properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        return properties;
    }

    private boolean remotePostgres() {
        return url.startsWith(POSTGRES) && !hosts().stream().allMatch(Loopback::is);
    }

    /** None in {@code jdbc:postgresql:NAME}, which means this machine. */
    private List<String> hosts() {
        String rest = url.substring(POSTGRES.length());
        if (!rest.startsWith("//")) {
            return List.of();
        }
        String authority = rest.substring(2).split("[/?]", 2)[0];
        return List.of(authority.split(",")).stream()
                .map(host -> host.replaceFirst(":\\d*$", ""))
                .filter(host -> !host.isEmpty())
                .toList();
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        int query = url.indexOf('?');
        for (String pair : query < 0 ? new String[0] : url.substring(query + 1).split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        return parameters;
    }
}
