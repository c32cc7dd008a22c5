package io.roombridge.servicenow;

import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.cxf.Bus;
import org.apache.cxf.message.Message;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.transport.http.Address;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transport.http.HTTPConduitFactory;
import org.apache.cxf.transport.http.HTTPTransportFactory;
import org.apache.cxf.transport.http.Headers;
import org.apache.cxf.transport.https.HttpsURLConnectionInfo;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.apache.cxf.ws.addressing.EndpointReferenceType;

/**
 * Lets CXF call an embedded ServiceNow in the same thread instead of through a socket: everything above the socket is the
 * bridge's own, and no call waits for another thread. CXF finds it in {@code META-INF/cxf/bus-extensions.txt}; it serves the
 * addresses that a test names, and no others.
 */
public final class WithoutSocket implements HTTPConduitFactory {

    private static final Map<String, EmbeddedServiceNow> SERVED = new ConcurrentHashMap<>();
    private static final Map<EmbeddedServiceNow, Queue<Supplier<IOException>>> UNREACHABLE = new ConcurrentHashMap<>();

    /** From now on, clients of this instance that are made later need no socket. */
    public static void serve(EmbeddedServiceNow instance) {
        SERVED.put(instance.url().getAuthority(), instance);
    }

    /** The next calls, so many, do not get as far as the instance. */
    public static void unreachable(EmbeddedServiceNow instance, int times, Supplier<IOException> why) {
        UNREACHABLE
                .computeIfAbsent(instance, none -> new ConcurrentLinkedQueue<>())
                .addAll(Collections.nCopies(times, why));
    }

    /** Every call gets through again. */
    public static void reachable(EmbeddedServiceNow instance) {
        UNREACHABLE.remove(instance);
    }

    private static void requireReachable(EmbeddedServiceNow instance) throws IOException {
        Supplier<IOException> why = UNREACHABLE
                .getOrDefault(instance, new ConcurrentLinkedQueue<>())
                .poll();
        if (why != null) {
            throw why.get();
        }
    }

    @Override
    public HTTPConduit createConduit(
            HTTPTransportFactory transport, Bus bus, EndpointInfo local, EndpointReferenceType target)
            throws IOException {
        EmbeddedServiceNow instance = SERVED.get(URI.create(local.getAddress()).getAuthority());
        return instance == null ? null : new Conduit(instance, bus, local, target);
    }

    private static final class Conduit extends HTTPConduit {

        private static final String ADDRESS = WithoutSocket.class.getName();

        private final EmbeddedServiceNow instance;

        Conduit(EmbeddedServiceNow instance, Bus bus, EndpointInfo local, EndpointReferenceType target)
                throws IOException {
            super(bus, local, target);
            this.instance = instance;
        }

        @Override
        protected void setupConnection(Message message, Address address, HTTPClientPolicy policy) {
            message.put(ADDRESS, address.getURI());
        }

        @Override
        protected OutputStream createOutputStream(
                Message message, boolean needToCacheRequest, boolean isChunking, int chunkThreshold) {
            return new Call(message, needToCacheRequest, isChunking, chunkThreshold, (URI) message.get(ADDRESS));
        }

        /** One request and its answer. */
        private final class Call extends WrappedOutputStream {

            private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
            private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            private Answer answer;

            Call(Message message, boolean caches, boolean chunks, int threshold, URI address) {
                super(message, caches, chunks, threshold, Conduit.this.getConduitName(), address);
            }

            private Answer answer() throws IOException {
                if (answer == null) {
                    requireReachable(instance);
                    String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
                    answer = instance.answer(getMethod(), target, headers, sent.toByteArray())
                            .orElseThrow(() -> new EOFException("EOF reached while reading"));
                }
                return answer;
            }

            @Override
            protected void setupWrappedStream() {
                wrappedStream = sent;
            }

            @Override
            public void thresholdReached() {
                // A request is sent as a whole when it is closed.
            }

            @Override
            protected void setProtocolHeaders() {
                Headers out = new Headers(outMessage);
                out.headerMap().forEach((name, values) -> headers.put(name, String.join(", ", values)));
                headers.put("Host", url.getAuthority());
                headers.putIfAbsent("Accept", "*/*");
                if (!headers.containsKey("Content-Type") && !getMethod().equals("GET")) {
                    headers.put("Content-Type", out.determineContentType());
                }
            }

            @Override
            protected int getResponseCode() throws IOException {
                return answer().status();
            }

            @Override
            protected String getResponseMessage() throws IOException {
                return String.valueOf(answer().status());
            }

            @Override
            protected void updateResponseHeaders(Message in) throws IOException {
                Map<String, List<String>> received = new HashMap<>();
                answer().headers().forEach((name, value) -> received.put(name, List.of(value)));
                Headers all = new Headers(in);
                all.readFromConnection(received);
                in.put(Message.CONTENT_TYPE, answer().headers().get("Content-Type"));
            }

            @Override
            protected InputStream getInputStream() throws IOException {
                return new ByteArrayInputStream(answer().body());
            }

            @Override
            protected InputStream getPartialResponse() throws IOException {
                return answer().body().length == 0 ? null : getInputStream();
            }

            @Override
            protected void handleResponseAsync() throws IOException {
                handleResponse();
            }

            @Override
            protected HttpsURLConnectionInfo getHttpsURLConnectionInfo() {
                return null;
            }

            @Override
            protected void setFixedLengthStreamingMode(int length) {
                // Nothing is streamed.
            }

            @Override
            protected void closeInputStream() {
                // Nothing is open.
            }

            @Override
            protected boolean usingProxy() {
                return false;
            }

            @Override
            protected void setupNewConnection(String newUrl) {
                throw new UnsupportedOperationException("the embedded ServiceNow redirects nobody");
            }

            @Override
            protected void retransmitStream() {
                throw new UnsupportedOperationException("the gateway repeats nothing");
            }

            @Override
            protected void updateCookiesBeforeRetransmit() {
                throw new UnsupportedOperationException("the gateway repeats nothing");
            }
        }
    }
}
