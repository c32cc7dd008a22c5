package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The shipped example event, for tests. */
final class Examples {

    private Examples() {}

    static ExampleEvent event() {
        try {
            return ExampleEvent.of(
                    MappingFolder.shipped().read(MappingFolder.EXAMPLE).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param changes block by block, as in the tests beside mappings */
    static ExampleEvent with(String changes) {
        return event().with(json(changes));
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
