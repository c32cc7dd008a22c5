package io.roombridge.config;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A connection string of Azure, as far as it says how to connect; never shown. Pure. */
record ConnectionString(String text) {

    /** What would send the key or the events in clear text to another machine; empty when nothing does. */
    Optional<String> clearText() {
        Map<String, String> parts = parts();
        if (Boolean.parseBoolean(parts.get("usedevelopmentemulator")) && !onLoopback(parts.get("endpoint"))) {
            return Optional.of("UseDevelopmentEmulator=true turns encryption off and is allowed on loopback only");
        }
        if ("http".equalsIgnoreCase(parts.get("defaultendpointsprotocol")) && !onLoopback(parts.get("blobendpoint"))) {
            return Optional.of("DefaultEndpointsProtocol=http is allowed on loopback only; expected https");
        }
        return Optional.ofNullable(parts.get("blobendpoint"))
                .filter(endpoint -> endpoint.toLowerCase(Locale.ROOT).startsWith("http:") && !onLoopback(endpoint))
                .map(endpoint -> "BlobEndpoint is plain http, which is allowed on loopback only; expected https");
    }

    private static boolean onLoopback(String endpoint) {
        try {
            return endpoint != null && Loopback.is(URI.create(endpoint).getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Map<String, String> parts() {
        Map<String, String> parts = new HashMap<>();
        for (String part : text.split(";")) {
            String[] pair = part.split("=", 2);
            parts.put(pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 1 ? "" : pair[1].strip());
        }
        return parts;
    }
}
