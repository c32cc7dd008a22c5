package io.roombridge.ops;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a request says before its body.
 *
 * @param from the client's address
 * @param target path and query
 * @param headers by lower-case name; what stands there more than once is joined by commas
 */
public record Head(String from, String method, URI target, Map<String, String> headers) {

    public Head {
        headers = Map.copyOf(headers);
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public String path() {
        return target.getPath();
    }
}
