package io.roombridge.sandbox.servicenow;

import java.util.List;
import java.util.Optional;

/**
 * What a path below {@code /api/now} addresses.
 *
 * @param version {@code ""}, {@code v1} or {@code v2}
 * @param api for example {@code table}
 * @param rest the segments after it
 */
record Target(String version, String api, List<String> rest) {

    /** Empty for a path that is none of the instance's APIs. */
    static Optional<Target> of(List<String> segments) {
        if (segments.size() < 3
                || !segments.get(0).equals("api")
                || !segments.get(1).equals("now")) {
            return Optional.empty();
        }
        boolean versioned = segments.get(2).matches("v[12]") && segments.size() > 3;
        int api = versioned ? 3 : 2;
        return Optional.of(new Target(
                versioned ? segments.get(2) : "", segments.get(api), segments.subList(api + 1, segments.size())));
    }

    /** What a generated URL begins with, in the version that the request used. */
    String root(String host) {
        return host + "/api/now" + (version.isEmpty() ? "" : "/" + version);
    }
}
