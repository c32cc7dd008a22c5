package io.roombridge.ops;

import java.nio.charset.StandardCharsets;

/** Receives the requests of the management API: its own names, its token, small JSON objects. */
record ManagementReception(Endpoints endpoints, Gate gate) implements Reception {

    private static final String JSON = "application/json";

    @Override
    public int longestBody(Head head) {
        return endpoints.longestBody(head.method(), head.path());
    }

    @Override
    public Visit admit(Head head) {
        gate.admit(
                head.from(),
                head.header("host"),
                head.header("authorization"),
                endpoints.open(head.method(), head.path()));
        return new Visit() {
            @Override
            public Answer answer(byte[] body) {
                return endpoints.answer(call(head, body));
            }

            @Override
            public Endpoint.Access access() {
                return endpoints.access(head.method(), head.path());
            }
        };
    }

    /** No form of a web page can send this media type to another site without asking first. */
    private static Call call(Head head, byte[] body) {
        if (body.length > 0
                && head.header("content-type")
                        .filter(type -> type.startsWith(JSON))
                        .isEmpty()) {
            throw new Refusal(415, "the body must be sent as " + JSON);
        }
        return new Call(
                head.method(),
                head.path(),
                Call.parsed(head.target().getRawQuery()),
                Json.object(new String(body, StandardCharsets.UTF_8)),
                head.header("accept").orElse(""));
    }
}
