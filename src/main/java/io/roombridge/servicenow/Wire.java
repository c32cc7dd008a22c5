package io.roombridge.servicenow;

import io.roombridge.tls.Trust;
import io.roombridge.trace.TraceParent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Producer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.servicenow.ServiceNowComponent;
import org.apache.camel.component.servicenow.ServiceNowConfiguration;
import org.apache.camel.component.servicenow.ServiceNowConstants;
import org.apache.camel.component.servicenow.ServiceNowEndpoint;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.interceptor.MessageSenderInterceptor;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transport.http.HTTPConduitConfigurer;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two camel-servicenow endpoints of one instance, for records and for contents of files, with what the component lacks put under it: the credential, TLS with a
 * CA of one's own, and the facts of the answer (facts/servicenow.md, sections 9.3 and 9.6).
 *
 * <p>Each instance has a CXF bus of its own, so nothing here touches another CXF client of the process, and the
 * component itself holds no credential. The credential is set only on a request whose address is the instance's.
 * TLS goes through {@code TLSClientParameters.sslContext}: the component's own {@code sslContextParameters} makes CXF
 * fall back to a client that cannot PATCH (facts/camel.md, section 1.3).
 */
final class Wire implements AutoCloseable {

    /**
     * In bytes. The largest page of records that is asked for is far below it; an instance (or whoever answers in its place)
     * that does not stop must not fill the memory. Contents of files go to disk and have limits of their own.
     */
    static final int LARGEST_ANSWER = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private final InstanceSettings settings;
    private final TLSClientParameters tls = new TLSClientParameters();
    private final List<HTTPConduit> conduits = new CopyOnWriteArrayList<>();
    private final Bus bus;
    private final ProducerTemplate template;
    private final ServiceNowEndpoint records;
    private final ServiceNowEndpoint files;

    /** Ends answers that stop in the middle: the HTTP client's own timeout is over once the headers are there. */
    private final ScheduledThreadPoolExecutor watchdog;

    /** The call that this thread is making; the interceptors run on the calling thread. */
    private final ThreadLocal<Call> current = new ThreadLocal<>();

    Wire(CamelContext camel, InstanceSettings settings) {
        this.settings = settings;
        this.tls.setSslContext(Trust.context(settings.caFile()));
        this.watchdog = watchdog(settings.name());
        this.bus = ownBus();
        this.records = endpoint(camel, "records", settings.recordsTimeout());
        this.files = endpoint(camel, "files", settings.filesTimeout());
        this.template = camel.createProducerTemplate();
    }

    /** Makes one call, whatever comes of it. Each call has a fresh exchange, so no header of an earlier one steers it. */
    Answer send(Request request, Authorization authorization) {
        boolean transfers = request.transfer().isPresent();
        Call call = new Call(authorization, transfers ? Long.MAX_VALUE : LARGEST_ANSWER);
        Duration timeout = transfers ? settings.filesTimeout() : settings.recordsTimeout();
        Future<?> end = watchdog.schedule(call::end, timeout.toMillis(), TimeUnit.MILLISECONDS);
        current.set(call);
        try (InputStream content = content(request)) {
            call.sends(content);
            Exchange exchange = template.send(transfers ? files : records, ExchangePattern.InOut, prepared -> {
                prepared.getMessage().setHeaders(new TreeMap<>(request.headers()));
                TraceParent.current().ifPresent(parent -> prepared.getMessage().setHeader(TraceParent.NAME, parent));
                request.body().ifPresent(body -> prepared.getMessage().setBody(body));
                if (transfers && request.write()) {
                    prepared.getMessage().setBody(content);
                }
            });
            if (transfers && !request.write()) {
                receive(exchange, call.facts, request.transfer().get());
            }
            return new Answer(exchange, call.facts, authorization);
        } catch (IOException e) {
            throw new UncheckedIOException("the file to be uploaded cannot be read", e);
        } finally {
            end.cancel(false);
            current.remove();
        }
    }

    /** Opened anew for each call: one whose token was refused is made again. */
    private static InputStream content(Request request) throws IOException {
        return request.write() && request.transfer().isPresent()
                ? Files.newInputStream(request.transfer().get().file())
                : InputStream.nullInputStream();
    }

    /** A page of HTML in a file's place is left as it is, and is no result. */
    private static void receive(Exchange exchange, AnswerFacts facts, Request.Transfer transfer) throws IOException {
        if (exchange.getException() != null || !(exchange.getMessage().getBody() instanceof InputStream content)) {
            return;
        }
        Map<?, ?> described = exchange.getMessage().getHeader(ServiceNowConstants.CONTENT_META, Map.class);
        if (facts.status() != 200 || described == null) {
            content.close();
            return;
        }
        try {
            exchange.getMessage().setBody(Received.into(transfer.file(), transfer.maxBytes(), content));
            exchange.getMessage().setHeader(ServiceNowConstants.RESPONSE_TYPE, Received.class);
        } catch (ServiceNowFailure failure) {
            exchange.setException(failure);
        }
    }

    /** The bus of this instance, for tests that make requests of their own on it. */
    Bus bus() {
        return bus;
    }

    private Bus ownBus() {
        Bus fresh = new CXFBusFactory().createBus();
        BusFactory.clearDefaultBusForAnyThread(fresh);
        if (BusFactory.getDefaultBus(false) == fresh) {
            BusFactory.setDefaultBus(null);
        }
        fresh.getOutInterceptors().add(new Credential());
        fresh.getInInterceptors().add(new Facts());
        fresh.setExtension(this::secure, HTTPConduitConfigurer.class);
        FaultListener quiet = (exception, description, message) -> false;
        fresh.setProperty(FaultListener.class.getName(), quiet);
        return fresh;
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        template.stop();
        conduits.forEach(HTTPConduit::close);
        bus.shutdown(true);
    }

    private static ScheduledThreadPoolExecutor watchdog(String name) {
        ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "servicenow-" + name + "-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
        return watchdog;
    }

    private void secure(String name, String address, HTTPConduit conduit) {
        conduit.setTlsClientParameters(tls);
        conduits.add(conduit);
    }

    private ServiceNowEndpoint endpoint(CamelContext camel, String purpose, Duration timeout) {
        ServiceNowConfiguration configuration = new ServiceNowConfiguration();
        configuration.setApiUrl(settings.baseUrl() + "/api");
        configuration.setExcludeReferenceLink(true);
        configuration.setSuppressPaginationHeader(true);
        configuration.setHttpClientPolicy(policy(timeout));
        String uri = "servicenow://" + settings.name() + "?purpose=" + purpose;
        ServiceNowComponent component = camel.getComponent("servicenow", ServiceNowComponent.class);
        ServiceNowEndpoint endpoint = new ServiceNowEndpoint(uri, component, configuration, settings.name()) {
            @Override
            public Producer createProducer() throws Exception {
                return onOwnBus(super::createProducer);
            }
        };
        endpoint.setCamelContext(camel);
        return endpoint;
    }

    /** The component's clients take the bus of the thread that builds them. */
    private <T> T onOwnBus(Callable<T> build) throws Exception {
        Bus before = BusFactory.getAndSetThreadDefaultBus(bus);
        try {
            return build.call();
        } finally {
            BusFactory.setThreadDefaultBus(before);
        }
    }

    private HTTPClientPolicy policy(Duration timeout) {
        HTTPClientPolicy policy = new HTTPClientPolicy();
        policy.setVersion("1.1");
        policy.setConnectionTimeout(settings.connectTimeout().toMillis());
        policy.setReceiveTimeout(timeout.toMillis());
        policy.setAutoRedirect(false);
        settings.proxy().ifPresent(proxy -> {
            policy.setProxyServer(proxy.getHostString());
            policy.setProxyServerPort(proxy.getPort());
        });
        return policy;
    }

    /** What came back: a result, or the exception that the component made of it. */
    record Answer(Exchange exchange, AnswerFacts facts, Authorization authorization) {

        Optional<Exception> exception() {
            return Optional.ofNullable(exchange.getException());
        }

        /** The component unwrapped a {@code result}; otherwise the body is still that of the request. */
        boolean hasResult() {
            return exchange.getMessage().getHeader(ServiceNowConstants.RESPONSE_TYPE) != null;
        }

        Object result() {
            return exchange.getMessage().getBody();
        }

        /** What stood beside the result; an instance that gives up while answering says so here. */
        Map<?, ?> meta() {
            Map<?, ?> meta = exchange.getMessage().getHeader(ServiceNowConstants.RESPONSE_META, Map.class);
            return meta == null ? Map.of() : meta;
        }
    }

    private static final class Call {
        private final Authorization authorization;
        private final long largestAnswer;
        private AnswerFacts facts = AnswerFacts.NONE;

        /** Guarded by this, as the watchdog closes them while the calling thread reads. */
        private InputStream body = InputStream.nullInputStream();

        private InputStream content = InputStream.nullInputStream();

        private boolean ended;

        Call(Authorization authorization, long largestAnswer) {
            this.authorization = authorization;
            this.largestAnswer = largestAnswer;
        }

        synchronized void reads(InputStream answer) {
            body = answer;
            if (ended) {
                end();
            }
        }

        synchronized void sends(InputStream request) {
            content = request;
        }

        /** Time is over: whoever sends the request or reads the answer finds it cut off. */
        synchronized void end() {
            ended = true;
            try {
                content.close();
                body.close();
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("An unfinished answer could not be closed");
            }
        }
    }

    /** Puts the credential on requests to this instance and takes any off requests to another address. */
    private final class Credential extends AbstractPhaseInterceptor<Message> {

        Credential() {
            super(Phase.PREPARE_SEND);
            addBefore(MessageSenderInterceptor.class.getName());
        }

        @Override
        public void handleMessage(Message message) {
            Map<String, List<String>> headers = headers(message);
            // The map's key set may be a copy, so names are removed from the map itself.
            List.copyOf(headers.keySet()).stream()
                    .filter(name -> Authorization.HEADERS.stream().anyMatch(name::equalsIgnoreCase))
                    .forEach(headers::remove);
            Call call = current.get();
            Object address = message.get(Message.ENDPOINT_ADDRESS);
            if (call != null && address instanceof String text && settings.owns(URI.create(text))) {
                headers.put(call.authorization.header(), new ArrayList<>(List.of(call.authorization.value())));
                TraceParent.current().ifPresent(span -> headers.put(TraceParent.NAME, new ArrayList<>(List.of(span))));
            }
        }
    }

    private final class Facts extends AbstractPhaseInterceptor<Message> {

        Facts() {
            super(Phase.RECEIVE);
        }

        @Override
        public void handleMessage(Message message) {
            Call call = current.get();
            Object status = message.get(Message.RESPONSE_CODE);
            if (call != null && status instanceof Integer code) {
                call.facts = AnswerFacts.of(code, headers(message));
                Optional.ofNullable(message.getContent(InputStream.class))
                        .map(answer -> new Bounded(answer, call.largestAnswer))
                        .ifPresent(answer -> {
                            message.setContent(InputStream.class, answer);
                            call.reads(answer);
                        });
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<String>> headers(Message message) {
        return (Map<String, List<String>>) message.computeIfAbsent(Message.PROTOCOL_HEADERS, key -> new TreeMap<>());
    }
}
