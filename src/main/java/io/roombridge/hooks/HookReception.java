package io.roombridge.hooks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.roombridge.ops.Answer;
import io.roombridge.ops.FailedAttempts;
import io.roombridge.ops.Head;
import io.roombridge.ops.Reception;
import io.roombridge.ops.Refusal;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives what is handed in: nobody without a secret, nothing that is too long, and nothing is answered before it is stored. */
final class HookReception implements Reception {

    /** Azure Event Hubs and Event Grid bound a message to a megabyte or less; an event of the contract has a few kilobytes. */
    static final int LONGEST_BODY = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HookReception.class);

    private final Sources sources;
    private final FailedAttempts failed;
    private final HandIn handIn;
    private final MeterRegistry meters;

    HookReception(Sources sources, FailedAttempts failed, HandIn handIn, MeterRegistry meters) {
        this.sources = sources;
        this.failed = failed;
        this.handIn = handIn;
        this.meters = meters;
    }

    @Override
    public int longestBody(Head head) {
        return LONGEST_BODY;
    }

    @Override
    public Visit admit(Head head) {
        Visit visit = counted(() -> admitted(head));
        return body -> counted(() -> {
            Answer answer = visit.answer(body);
            count(answer.status());
            return answer;
        });
    }

    private Visit admitted(Head head) {
        Source source = sources.of(head).orElseThrow(() -> unknown(head));
        Sources.requireOwnPath(source, head);
        if (head.header("content-encoding")
                .filter(coding -> !coding.equalsIgnoreCase("identity"))
                .isPresent()) {
            throw new Refusal(415, "send the body as it is, without Content-Encoding");
        }
        return handIn.of(source, head);
    }

    private Refusal unknown(Head head) {
        if (failed.tooMany(head.from())) {
            return new Refusal(429, "too many wrong tokens; wait a minute");
        }
        LOG.atWarn().addKeyValue("address", head.from()).log("a request of the hooks without the right token");
        return new Refusal(401, "send Authorization: Bearer TOKEN; tokens are in roombridge.hooks.sources.NAME.token");
    }

    private <T> T counted(Supplier<T> step) {
        try {
            return step.get();
        } catch (Refusal refusal) {
            count(refusal.status());
            throw refusal;
        }
    }

    private void count(int status) {
        Counter.builder("roombridge.hooks.requests")
                .description("requests of the hooks by the status of their answer")
                .tag("status", Integer.toString(status))
                .register(meters)
                .increment();
    }
}
