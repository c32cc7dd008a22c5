package io.roombridge.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One request, parsed once.
 *
 * @param path as it was sent, still percent-encoded
 * @param headers names in any case
 * @param base scheme and host as the client addressed them, for generated links
 */
record Request(
        long sequence,
        String transaction,
        String method,
        String path,
        String rawQuery,
        QueryString query,
        Map<String, String> headers,
        Content body,
        String base) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean hasTrue(String header) {
        return header(header).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** The decoded segments of the path. */
    List<String> segments() {
        return Stream.of(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> QueryString.decode(segment.replace("+", "%2B")))
                .toList();
    }

    /** The media type of the body without its parameters, lower case; empty if none was sent. */
    String mediaType() {
        return header("Content-Type").orElse("").split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    String text() {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    Request as(String otherMethod) {
        return new Request(sequence, transaction, otherMethod, path, rawQuery, query, headers, body, base);
    }
}
