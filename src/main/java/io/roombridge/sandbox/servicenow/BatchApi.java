package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The Batch API: {@code POST /api/now/batch} with requests that are served one after the other, each with its own
 * status, the bodies in base64 (facts/servicenow.md §4). What the time quota leaves over is listed as unserviced.
 */
final class BatchApi {

    private final Switches switches;

    BatchApi(Switches switches) {
        this.switches = switches;
    }

    /** @param serve answers one of the requests, never with an exception */
    Reply answer(Request request, Function<Request, Reply> serve) {
        if (!request.method().equals("POST")) {
            throw ApiError.method(request.method());
        }
        JsonNode batch = Json.parse(request.text());
        ObjectNode answer = Json.object();
        answer.put("batch_request_id", batch.path("batch_request_id").asText());
        ArrayNode serviced = answer.putArray("serviced_requests");
        ArrayNode unserviced = answer.putArray("unserviced_requests");
        int quota = switches.batchQuota();
        for (JsonNode item : batch.path("rest_requests")) {
            if (serviced.size() < quota) {
                serviced.add(serviced(item, serve.apply(inner(request, item))));
            } else {
                unserviced.add(item.path("id").asText());
            }
        }
        return Reply.json(200, answer);
    }

    private static Request inner(Request outer, JsonNode item) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        item.path("headers")
                .forEach(header -> headers.put(
                        header.path("name").asText(), header.path("value").asText()));
        String[] url =
                item.path("url").asText().replaceFirst("^https?://[^/]+", "").split("\\?", 2);
        String rawQuery = url.length > 1 ? url[1] : "";
        return new Request(
                outer.sequence(),
                outer.transaction(),
                item.path("method").asText("GET"),
                url[0],
                rawQuery,
                QueryString.parse(rawQuery),
                headers,
                Content.of(decode(item.path("body").asText(""))),
                outer.base());
    }

    private static byte[] decode(String body) {
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw ApiError.unreadable("The body of a batched request has to be base64");
        }
    }

    private static ObjectNode serviced(JsonNode item, Reply reply) {
        ObjectNode answer = Json.object();
        answer.put("id", item.path("id").asText());
        answer.put("body", new String(Base64.getEncoder().encode(reply.body().bytes()), StandardCharsets.US_ASCII));
        answer.put("status_code", reply.status());
        answer.put("status_text", HttpResponseStatus.valueOf(reply.status()).reasonPhrase());
        answer.put("execution_time", 1);
        ArrayNode headers = answer.putArray("headers");
        if (!item.path("exclude_response_headers").asBoolean()) {
            reply.headers()
                    .forEach((name, value) ->
                            headers.addObject().put("name", name).put("value", value));
        }
        return answer;
    }
}
