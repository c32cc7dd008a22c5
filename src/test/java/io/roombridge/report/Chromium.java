package io.roombridge.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real browser with one page, spoken to by its DevTools protocol over loopback. */
final class Chromium implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String READY = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final List<JsonNode> seen = new ArrayList<>();
    private final String session;
    private int calls;

    private Chromium(Process process, URI address) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .join();
        String target = call("", "Target.createTarget", JSON.createObjectNode().put("url", "about:blank"))
                .path("targetId")
                .asText();
        session = call(
                        "",
                        "Target.attachToTarget",
                        JSON.createObjectNode().put("targetId", target).put("flatten", true))
                .path("sessionId")
                .asText();
        List.of("Page.enable", "Runtime.enable", "Log.enable").forEach(what -> ask(what, JSON.createObjectNode()));
    }

    /** @param profile an empty directory for what a browser writes */
    static Chromium start(Path profile) throws IOException {
        Process process = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(READY)) {
                return new Chromium(process, URI.create(line.substring(READY.length())));
            }
        }
        throw new IOException("chromium ended before it was ready");
    }

    /** Shows a page in a window of that width, and returns how wide its content is, a scroll bar taken off. */
    int widthOf(Path page, int window) {
        ObjectNode size = JSON.createObjectNode().put("width", window).put("height", 900);
        ask(
                "Emulation.setDeviceMetricsOverride",
                size.put("deviceScaleFactor", 1).put("mobile", false));
        ask("Page.navigate", JSON.createObjectNode().put("url", page.toUri().toString()));
        await(message -> message.path("method").asText().equals("Page.loadEventFired"));
        return ask(
                        "Runtime.evaluate",
                        JSON.createObjectNode().put("expression", "document.documentElement.scrollWidth"))
                .path("result")
                .path("value")
                .asInt();
    }

    /** What the browser complained about: refused resources, scripts, faults. */
    List<String> complaints() {
        return seen.stream()
                .filter(message -> List.of("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
                        .contains(message.path("method").asText()))
                .map(JsonNode::toString)
                .toList();
    }

    private JsonNode ask(String method, ObjectNode parameters) {
        return call(session, method, parameters);
    }

    private JsonNode call(String inSession, String method, ObjectNode parameters) {
        int id = ++calls;
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        if (!inSession.isEmpty()) {
            message.put("sessionId", inSession);
        }
        socket.sendText(message.toString(), true).join();
        return await(answer -> answer.path("id").asInt() == id).path("result");
    }

    private JsonNode await(Predicate<JsonNode> wanted) {
        try {
            JsonNode message;
            do {
                message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new IllegalStateException("chromium does not answer");
                }
                seen.add(message);
            } while (!wanted.test(message));
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for chromium", e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Puts the parts of a message together. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    received.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
