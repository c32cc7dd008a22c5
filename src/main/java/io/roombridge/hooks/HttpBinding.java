package io.roombridge.hooks;

import io.roombridge.ops.Head;
import io.roombridge.ops.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTTP binding of CloudEvents 1.0: how a request carries events, as {@link io.roombridge.portal.PortalEvents} reads
 * messages.
 *
 * @param attributes of binary mode, named {@code ce_NAME}; empty in the other modes
 */
record HttpBinding(String contentType, Map<String, Object> attributes) {

    private static final String CLOUD_EVENTS = "application/cloudevents";
    private static final Set<String> EVENTS = Set.of(CLOUD_EVENTS + "+json", CLOUD_EVENTS + "-batch+json");
    private static final Pattern JSON = Pattern.compile("\\Aapplication/(?:[a-z0-9.-]++\\+)?json\\z");
    private static final Pattern CHARSET = Pattern.compile(";\\s*+charset\\s*+=\\s*+\"?([^\";\\s]*+)");
    private static final String PREFIX = "ce-";

    /** @throws Refusal when the head fits none of the three modes, or names what is not read here */
    static HttpBinding of(Head head) {
        String type = head.header("content-type").orElse("").strip();
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        requireUtf8(type);
        if (media.startsWith(CLOUD_EVENTS)) {
            if (!EVENTS.contains(media)) {
                throw new Refusal(415, media + " is not read; of the formats of CloudEvents only JSON is");
            }
            return new HttpBinding(type, Map.of());
        }
        Map<String, Object> attributes = new HashMap<>();
        head.headers().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                attributes.put("ce_" + name.substring(PREFIX.length()), decoded(name, value));
            }
        });
        if (attributes.isEmpty() || !JSON.matcher(media).matches()) {
            throw new Refusal(
                    415,
                    "send Content-Type application/cloudevents+json or application/cloudevents-batch+json,"
                            + " or application/json with the attributes as ce- headers");
        }
        return new HttpBinding(type, attributes);
    }

    /** JSON has no other encoding between systems (RFC 8259, section 8.1). */
    private static void requireUtf8(String type) {
        Matcher named = CHARSET.matcher(type.toLowerCase(Locale.ROOT));
        if (named.find() && !named.group(1).equals("utf-8") && !named.group(1).equals("us-ascii")) {
            throw new Refusal(415, "the charset " + named.group(1) + " is not read; send UTF-8");
        }
    }

    /**
     * A header's value may be quoted, and what is not printable ASCII stands there percent-encoded as UTF-8; unescaped once
     * (the binding, section 3.1.3.2).
     */
    private static String decoded(String name, String header) {
        String value = unquoted(header);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > '~') {
                throw Refusal.badRequest("the header " + name + " is not ASCII; percent-encode it as UTF-8");
            } else if (c != '%') {
                bytes.write(c);
            } else if (i + 2 < value.length() && hex(value.charAt(i + 1)) >= 0 && hex(value.charAt(i + 2)) >= 0) {
                bytes.write(hex(value.charAt(i + 1)) * 16 + hex(value.charAt(i + 2)));
                i += 2;
            } else {
                throw Refusal.badRequest("the header " + name + " is not well percent-encoded");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.badRequest("the header " + name + " is percent-encoded, but not as UTF-8");
        }
    }

    private static String unquoted(String header) {
        boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
        return quoted ? header.substring(1, header.length() - 1).replaceAll("\\\\(.)", "$1") : header;
    }

    private static int hex(char c) {
        return Character.digit(c, 16);
    }
}
