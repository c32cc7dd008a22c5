package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer; the headers that every answer carries are added by {@link HttpFace}. */
record Reply(int status, Map<String, String> headers, Content body) {

    private static final String JSON = "application/json;charset=UTF-8";

    static Reply json(int status, JsonNode body) {
        return new Reply(status, Map.of("Content-Type", JSON), utf8(body.toString()));
    }

    static Reply result(int status, JsonNode result) {
        return json(status, Json.object().set("result", result));
    }

    static Reply html(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "text/html;charset=UTF-8"), utf8(body));
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), Content.EMPTY);
    }

    static Reply of(ApiError error) {
        ObjectNode body = Json.object();
        ObjectNode inner = body.putObject("error");
        inner.put("message", error.getMessage());
        inner.put("detail", error.detail());
        body.put("status", "failure");
        Reply reply = json(error.status(), body);
        return error.status() == 401 ? reply.with("WWW-Authenticate", "BASIC realm=\"Service-now\"") : reply;
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    boolean isJson() {
        return JSON.equals(headers.get("Content-Type"));
    }

    Reply withBody(Content other) {
        return new Reply(status, headers, other);
    }

    String text() {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    private static Content utf8(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
