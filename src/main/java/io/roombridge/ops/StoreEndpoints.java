package io.roombridge.ops;

import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.DeadLetterBook;
import io.roombridge.correlation.TicketBook;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** What the store alone can answer: the running bridge does, and a command itself where none runs. */
public final class StoreEndpoints {

    private StoreEndpoints() {}

    /** @param clock the time of the world the bridge serves */
    public static List<Endpoint> of(Jdbi jdbi, Clock clock) {
        return Stream.of(
                        ClosingEndpoints.of(new ClosingBook(jdbi), clock),
                        DeadLetterEndpoints.of(new DeadLetterBook(jdbi), clock),
                        TicketEndpoints.of(new TicketBook(jdbi)))
                .flatMap(List::stream)
                .toList();
    }
}
