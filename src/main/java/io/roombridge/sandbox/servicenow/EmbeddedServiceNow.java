package io.roombridge.sandbox.servicenow;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A ServiceNow instance inside this process: real HTTP on loopback, everything in memory (files on disk), gone when it is closed.
 *
 * <p>Real clients of ServiceNow work against it unchanged; what is known of a real instance and how certainly is written
 * in the checklist that its tests follow (facts/servicenow.md §11). It is never reachable from another machine.
 */
public final class EmbeddedServiceNow implements AutoCloseable {

    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();
    private final Certificates certificates = new Certificates();
    private final Platform platform;
    private final RateRules rates;
    private final Desk desk;
    private final Instance instance;
    private final HttpFace http;
    private final int httpPort;
    private final int httpsPort;

    /**
     * Starts listening before it returns.
     *
     * @throws IllegalStateException when a port is taken
     */
    public static EmbeddedServiceNow start(Setup setup) {
        return new EmbeddedServiceNow(setup);
    }

    private EmbeddedServiceNow(Setup setup) {
        platform = new Platform(setup);
        rates = new RateRules(platform.ids);
        desk = new Desk(platform);
        instance = new Instance(platform, new Api(platform, rates), faults, requests);
        http = new HttpFace(instance, platform.files);
        httpPort = http.listen(setup.httpPort(), Optional.empty());
        httpsPort = http.listen(setup.httpsPort(), Optional.of(certificates.server()));
    }

    /** Where it listens, for example {@code http://127.0.0.1:8080}. */
    public URI url() {
        return address("http", httpPort);
    }

    /** Where it listens with TLS; the certificate is signed by {@link #caPem()}. */
    public URI httpsUrl() {
        return address("https", httpsPort);
    }

    /** The certificate of the authority, for the trust store of a client. */
    public String caPem() {
        return certificates.caPem();
    }

    public Accounts accounts() {
        return platform.accounts;
    }

    public Desk desk() {
        return desk;
    }

    /** Complete up to now: what is due by the clock has happened when this returns. */
    public History history() {
        tick();
        return platform.history;
    }

    public RequestLog requests() {
        return requests;
    }

    public Faults faults() {
        return faults;
    }

    public Switches switches() {
        return platform.switches;
    }

    public RateRules rateRules() {
        return rates;
    }

    /** The resolution codes of older instances instead of those of newer ones. */
    public void legacyCloseCodes() {
        platform.transactions.run(now -> {
            platform.seeds.closeCodes("legacy");
            return now;
        });
    }

    /** Runs the job that closes what was resolved long ago, as an instance does by its schedule. */
    public void autoclose() {
        platform.transactions.run(now -> {
            platform.autoclose.run(now);
            return now;
        });
    }

    /** How many days a resolved incident stays open ({@code glide.ui.autoclose.time}); 0: for ever. */
    public void autocloseAfter(int days, Autoclose.Basis basis) {
        platform.transactions.run(now -> {
            platform.autoclose.after(days, basis);
            return now;
        });
    }

    /** Lets everything happen that is due by the clock: late commits, ends of virus scans. Requests do so too. */
    public void tick() {
        platform.transactions.run(now -> now);
    }

    /**
     * One answer without a socket, in the thread of whoever asks.
     *
     * @param headers every header, those of HTTP among them
     */
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    /**
     * Answers a request without a socket, for whoever makes millions of them: with the same faults, the same log and the
     * same answer as over the network, except that no answer is slow.
     *
     * @param uri path and query, percent-encoded
     * @return empty: the connection breaks off without an answer
     */
    public Optional<Answer> answer(String method, String uri, Map<String, String> headers, byte[] body) {
        Map<String, String> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        named.putAll(headers);
        Request request = instance.request(method, uri, named, Content.of(body), "http://");
        return instance.serve(request).reply().map(reply -> {
            Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            all.putAll(instance.usualHeaders(request.transaction(), reply.status()));
            all.putAll(reply.headers());
            all.put("Content-Length", String.valueOf(reply.body().size()));
            return new Answer(reply.status(), all, reply.body().bytes());
        });
    }

    /** An administrator revokes every token; clients get 401 until they ask for another. */
    public void revokeTokens() {
        platform.transactions.run(now -> {
            platform.tokens.revokeAll();
            return now;
        });
    }

    /**
     * An empty instance behind the same address: incidents, journals, files, history, requests, faults and late commits
     * are gone; people, groups, accounts and switches stay. Much quicker than another instance, for whoever needs
     * thousands.
     *
     * @param seed where the ids of what is written from now on come from
     */
    public void startOver(long seed) {
        platform.transactions.forgetAgenda();
        platform.transactions.run(now -> {
            platform.journals.startOver();
            platform.attachments.startOver();
            platform.tables.removeIf(Incidents.TABLE, row -> true);
            platform.ids.startOver(seed);
            platform.history.startOver();
            return now;
        });
        faults.clear();
        requests.clear();
    }

    @Override
    public void close() {
        http.close();
        platform.files.close();
    }

    private static URI address(String scheme, int port) {
        if (port == Setup.OFF) {
            throw new IllegalStateException("the embedded ServiceNow was started without " + scheme);
        }
        return URI.create(scheme + "://127.0.0.1:" + port);
    }
}
