package io.roombridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A plain REST client of ServiceNow, as a person would write one; knows nothing of the sandbox but its URL. */
final class Client {

    /** An answer with its body as JSON (or missing, when it is none). */
    record Answer(int status, JsonNode json, HttpResponse<byte[]> http) {

        JsonNode result() {
            return json.path("result");
        }

        String field(String name) {
            return result().path(name).asText();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        String text() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        /** The values of one field over all rows of a list. */
        List<String> column(String name) {
            List<String> values = new ArrayList<>();
            result().forEach(row -> values.add(row.path(name).asText()));
            return values;
        }

        String detail() {
            return json.path("error").path("detail").asText();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpClient http;
    private final URI base;
    private final Map<String, String> headers;

    Client(URI base, Accounts.Credentials credentials) {
        this(HTTP, base, Map.of("Authorization", basic(credentials)));
    }

    Client(HttpClient http, URI base, Map<String, String> headers) {
        this.http = http;
        this.base = base;
        this.headers = headers;
    }

    /** The same instance with other headers instead of the credentials. */
    Client with(Map<String, String> others) {
        return new Client(http, base, others);
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    /** Finds rows of a table; the query is encoded as every HTTP library does it. */
    Answer find(String table, String query, String... parameters) {
        String more = parameters.length == 0 ? "" : "&" + String.join("&", parameters);
        return get("/api/now/table/" + table + "?sysparm_query=" + encode(query) + more);
    }

    Answer post(String path, Map<String, String> values) {
        return send("POST", path, json(values), Map.of("Content-Type", "application/json"));
    }

    Answer patch(String path, Map<String, String> values) {
        return send("PATCH", path, json(values), Map.of("Content-Type", "application/json"));
    }

    /** Creates an incident and gives its sys_id. */
    String incident(Map<String, String> values) {
        return post("/api/now/table/incident", values).field("sys_id");
    }

    Answer resolve(String sysId) {
        return patch(
                "/api/now/table/incident/" + sysId,
                Map.of("state", "6", "close_code", "Solution provided", "close_notes", "Cable replaced"));
    }

    Answer send(String method, String path, BodyPublisher body, Map<String, String> more) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        headers.forEach(request::setHeader);
        more.forEach(request::setHeader);
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), parsed(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static BodyPublisher json(Map<String, String> values) {
        return BodyPublishers.ofString(JSON.valueToTree(values).toString());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String basic(Accounts.Credentials credentials) {
        String text = credentials.name() + ":" + credentials.password();
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
