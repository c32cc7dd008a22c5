package io.roombridge.route;

import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Faults;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.servicenow.WithoutSocket;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;

/** Every way in which a call to ServiceNow goes wrong (facts/servicenow.md, sections 1.8 and 6), and how often it was met. */
final class ChaosFaults {

    private static final List<RequestMatcher> WHERE = List.of(
            RequestMatcher.anything(),
            RequestMatcher.writes(),
            RequestMatcher.writes(),
            RequestMatcher.method("POST"),
            RequestMatcher.method("PATCH"),
            RequestMatcher.method("PATCH"),
            RequestMatcher.method("GET"),
            RequestMatcher.table("incident"),
            RequestMatcher.table("sys_journal_field"),
            RequestMatcher.attachments());

    /** Nobody answers there. */
    private static final URI FOREIGN = URI.create("http://127.0.0.1:1");

    private final EmbeddedServiceNow serviceNow;
    private final Consumer<Duration> pass;
    private final Map<Faults.Armed, String> armed = new LinkedHashMap<>();
    private final Map<String, Integer> others = new LinkedHashMap<>();

    /** @param pass lets time pass */
    ChaosFaults(EmbeddedServiceNow serviceNow, Consumer<Duration> pass) {
        this.serviceNow = serviceNow;
        this.pass = pass;
        end();
    }

    /** One call or two go wrong in some way. */
    void one(Random random) {
        int times = 1 + random.nextInt(2);
        Fault fault = any(random);
        RequestMatcher where = WHERE.get(random.nextInt(WHERE.size()));
        switch (random.nextInt(20)) {
            case 0 -> unreachable(times, random);
            case 1 -> arm(where, times, slow(random), "slow");
            default -> arm(where, times, fault);
        }
    }

    private Fault any(Random random) {
        List<Fault> all = List.of(
                Fault.timeoutBeforeCommit(),
                Fault.timeoutAfterCommit(),
                Fault.timeoutAfterCommit(),
                Fault.lateCommit(Duration.ofSeconds(1 + random.nextInt(58))),
                Fault.lateCommit(Duration.ofSeconds(1 + random.nextInt(58))),
                Fault.connectionReset(),
                Fault.accepted(),
                Fault.rateLimited(Duration.ofSeconds(30)),
                Fault.queueFull(),
                Fault.unauthorized(),
                Fault.apiLevelAcl(),
                Fault.maximumExecutionTime(),
                Fault.htmlPage(502),
                Fault.htmlPage(503),
                Fault.hibernating(),
                Fault.truncated(),
                Fault.resultThenError(),
                refusal(random));
        return all.get(random.nextInt(all.size()));
    }

    /** A refusal for good, in the words of the rule. */
    private static Fault refusal(Random random) {
        List<String> words = List.of(
                "Data Policy Exception: The following fields are mandatory: Caller",
                "Operation against file 'incident' was aborted by Business Rule 'No robots^0123'. Business Rule Stack:",
                "ACL Exception Update Failed due to security constraints");
        return Fault.forbidden("Operation Failed", words.get(random.nextInt(words.size())));
    }

    /** The answer comes, up to a minute late. */
    private Fault slow(Random random) {
        Duration late = Duration.ofSeconds(1 + random.nextInt(55));
        return random.nextBoolean()
                ? Fault.meanwhile(() -> pass.accept(late))
                : Fault.afterwards(() -> pass.accept(late));
    }

    /** What everybody meets while the instance is away. */
    void outage(Random random) {
        int times = 4 + random.nextInt(12);
        switch (random.nextInt(3)) {
            case 0 -> arm(RequestMatcher.anything(), times, Fault.htmlPage(503));
            case 1 -> arm(RequestMatcher.anything(), times, Fault.timeoutBeforeCommit());
            default -> unreachable(times, random);
        }
    }

    private void unreachable(int times, Random random) {
        if (random.nextBoolean()) {
            others.merge("connection refused", times, Integer::sum);
            WithoutSocket.unreachable(serviceNow, times, () -> new ConnectException("Connection refused"));
        } else {
            others.merge("bad certificate", times, Integer::sum);
            WithoutSocket.unreachable(
                    serviceNow, times, () -> new SSLHandshakeException("PKIX path building failed: no valid path"));
        }
    }

    /** Somebody else gets in while a request is on its way. */
    void between(Random random, Runnable somebody) {
        arm(WHERE.get(random.nextInt(WHERE.size())), 1, Fault.meanwhile(somebody), "person between");
    }

    /** An administrator closes the gate of basic authentication, or opens it. */
    void gate() {
        serviceNow.switches().basicAuthGate(!serviceNow.switches().basicAuthGate());
        others.merge("basic auth gated", 1, Integer::sum);
    }

    void revokeTokens() {
        serviceNow.revokeTokens();
        others.merge("token revoked", 1, Integer::sum);
    }

    /** Links in answers name another host. */
    void foreignLinks() {
        serviceNow.switches().linkHost(Optional.of(FOREIGN));
        others.merge("foreign links", 1, Integer::sum);
    }

    private void arm(RequestMatcher where, int times, Fault fault) {
        arm(where, times, fault, fault.toString());
    }

    private void arm(RequestMatcher where, int times, Fault fault, String name) {
        armed.put(serviceNow.faults().on(where).next(times, fault), name);
    }

    /** The instance is well again. */
    void end() {
        serviceNow.faults().clear();
        serviceNow.switches().basicAuthGate(false);
        serviceNow.switches().linkHost(Optional.empty());
        WithoutSocket.reachable(serviceNow);
    }

    /** Adds how often each fault was met; of what is not a fault of the embedded instance, how often it was set. */
    void count(ChaosTally tally) {
        armed.forEach((fault, name) -> tally.count("met " + name, fault.met()));
        others.forEach((name, times) -> tally.count("set " + name, times));
    }
}
