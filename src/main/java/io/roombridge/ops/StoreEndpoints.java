package io.roombridge.ops;

import io.roombridge.closing.InactivityRule;
import io.roombridge.correlation.Audit;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.DeadLetterBook;
import io.roombridge.correlation.Erasure;
import io.roombridge.correlation.Mutes;
import io.roombridge.correlation.Pauses;
import io.roombridge.correlation.TicketBook;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** What the store alone can answer: the running bridge does, and a command itself where none runs. */
public final class StoreEndpoints {

    private StoreEndpoints() {}

    /**
     * @param rule of closing, and {@code region} of rooms that name none
     * @param clock the time of the world the bridge serves
     */
    public static List<Endpoint> of(Jdbi jdbi, InactivityRule rule, Optional<String> region, Clock clock) {
        return Stream.of(
                        ClosingEndpoints.of(new ClosingBook(jdbi), clock),
                        List.of(SimulationEndpoint.of(jdbi, rule, region, clock)),
                        DeadLetterEndpoints.of(new DeadLetterBook(jdbi), clock),
                        TicketEndpoints.of(new TicketBook(jdbi)),
                        MuteEndpoints.of(new Mutes(jdbi), new TicketBook(jdbi), clock),
                        PauseEndpoints.of(new Pauses(jdbi), clock),
                        List.of(
                                AuditEndpoint.of(new Audit(jdbi), clock),
                                ReportEndpoint.of(jdbi),
                                ErasureEndpoints.of(new Erasure(jdbi), clock)))
                .flatMap(List::stream)
                .toList();
    }
}
