package io.roombridge.route;

import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Every way in which a call to ServiceNow goes wrong (facts/servicenow.md, sections 1.8 and 6). */
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

    private ChaosFaults() {}

    static RequestMatcher where(Random random) {
        return WHERE.get(random.nextInt(WHERE.size()));
    }

    static Fault any(Random random) {
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
                Fault.forbidden(
                        "Operation Failed", "Data Policy Exception: The following fields are mandatory: Caller"));
        return all.get(random.nextInt(all.size()));
    }

    /** What everybody meets while the instance is away. */
    static Fault outage(Random random) {
        return random.nextBoolean() ? Fault.htmlPage(503) : Fault.timeoutBeforeCommit();
    }
}
