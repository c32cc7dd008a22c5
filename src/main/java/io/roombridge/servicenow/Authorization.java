package io.roombridge.servicenow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** The one header that proves who is calling. */
record Authorization(String header, String value) {

    static final String API_KEY = "x-sn-apikey";

    /** Every header that may carry a credential; a request to another host must have none of them. */
    static final Set<String> HEADERS = Set.of("Authorization", API_KEY);

    static Authorization basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Authorization("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    static Authorization bearer(String token) {
        return new Authorization("Authorization", "Bearer " + token);
    }

    static Authorization apiKey(String key) {
        return new Authorization(API_KEY, key);
    }

    @Override
    public String toString() {
        return header + ": ***";
    }
}
