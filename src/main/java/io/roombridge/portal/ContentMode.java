package io.roombridge.portal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a message carries CloudEvents. The content type decides; without a telling one, attributes among the properties mean
 * binary mode, and else the body's first character tells a batch from a single event, because many producers set no
 * content type at all.
 */
enum ContentMode {
    STRUCTURED,
    BATCH,
    BINARY;

    private static final String CLOUD_EVENTS = "application/cloudevents";

    static ContentMode of(byte[] body, Optional<String> contentType, Map<String, Object> properties) {
        String type = contentType.orElse("").strip().toLowerCase(Locale.ROOT);
        if (type.startsWith(CLOUD_EVENTS + "-batch")) {
            return BATCH;
        } else if (type.startsWith(CLOUD_EVENTS)) {
            return STRUCTURED;
        } else if (properties.keySet().stream().anyMatch(BinaryMode::isAttribute)) {
            return BINARY;
        }
        return firstCharacter(body) == '[' ? BATCH : STRUCTURED;
    }

    private static char firstCharacter(byte[] body) {
        for (byte b : body) {
            char c = (char) (b & 0xFF);
            boolean markOrSpace = c <= ' ' || c == 0xEF || c == 0xBB || c == 0xBF;
            if (!markOrSpace) {
                return c;
            }
        }
        return ' ';
    }
}
