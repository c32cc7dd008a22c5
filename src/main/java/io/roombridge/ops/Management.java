package io.roombridge.ops;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Whoever answers a command: the running bridge, or the store itself where none runs. Both answer alike. */
public interface Management {

    /**
     * Asks, and writes the answer as it comes.
     *
     * @throws Refusal with the reason, when it is not answered
     */
    void ask(Call call, OutputStream answer) throws IOException;

    /** @throws Refusal with the reason, when it is not answered */
    default JsonNode ask(Call call) {
        try (ByteArrayOutputStream answer = new ByteArrayOutputStream()) {
            ask(call, answer);
            return Json.MAPPER.readTree(answer.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("the answer of " + call.path() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
