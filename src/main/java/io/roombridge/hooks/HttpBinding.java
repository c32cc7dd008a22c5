package io.roombridge.hooks;

import io.roombridge.ops.Head;
import io.roombridge.ops.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The HTTP binding of CloudEvents 1.0: how a request carries events, as {@link io.roombridge.portal.PortalEvents} reads
 * messages.
 *
 * @param attributes of binary mode, named {@code ce_NAME}; empty in the other modes
 */
record HttpBinding(String contentType, Map<String, Object> attributes) {

    private static final String CLOUD_EVENTS = "application/cloudevents";
    private static final String PREFIX = "ce-";

    /** @throws Refusal when the head fits none of the three modes */
    static HttpBinding of(Head head) {
        String type = head.header("content-type").orElse("").strip();
        if (type.toLowerCase(Locale.ROOT).startsWith(CLOUD_EVENTS)) {
            return new HttpBinding(type, Map.of());
        }
        Map<String, Object> attributes = new HashMap<>();
        head.headers().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                attributes.put("ce_" + name.substring(PREFIX.length()), decoded(name, value));
            }
        });
        if (type.isEmpty() || attributes.isEmpty()) {
            throw new Refusal(
                    415,
                    "send Content-Type application/cloudevents+json or application/cloudevents-batch+json,"
                            + " or application/json with the attributes as ce- headers");
        }
        return new HttpBinding(type, attributes);
    }

    /** Header values are printable ASCII; everything else stands there percent-encoded (the binding, section 3.1.3.2). */
    private static String decoded(String name, String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < value.length() && hex(value.charAt(i + 1)) >= 0 && hex(value.charAt(i + 2)) >= 0) {
                bytes.write(hex(value.charAt(i + 1)) * 16 + hex(value.charAt(i + 2)));
                i += 2;
            } else {
                throw Refusal.badRequest("the header " + name + " is not well percent-encoded");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(char c) {
        return Character.digit(c, 16);
    }
}
