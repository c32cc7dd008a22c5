package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.closing.Brake;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Ticket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A ticket of Monday 1 June 2026 in Berlin with three business days, on the bench: warned on Wednesday at 09:00, due when
 * Thursday ends, closed on Friday at 09:00 unless something speaks against it.
 */
final class SilentTicket implements AutoCloseable {

    static final String ROOM = "room-12";
    static final String SIGNAL = "Camera";

    /** A text field that every instance has; a customer adds one of its own. */
    static final String CLOCK_FIELD = "user_input";

    static final Instant WEDNESDAY_AT_NINE = Instant.parse("2026-06-03T07:00:00Z");
    static final Instant THURSDAY_NOON = Instant.parse("2026-06-04T10:00:00Z");
    static final Instant FRIDAY_AT_NINE = Instant.parse("2026-06-05T07:00:00Z");

    final Bench bench;

    SilentTicket(Path directory) {
        bench = new Bench(directory);
    }

    SilentTicket opened() {
        bench.deliver(event().opened(1));
        bench.poll();
        return this;
    }

    SilentTicket warned() {
        bench.lookAt(WEDNESDAY_AT_NINE);
        bench.poll();
        confirm();
        return this;
    }

    SilentTicket closed() {
        bench.lookAt(FRIDAY_AT_NINE);
        assertThat(state()).isEqualTo(IncidentState.RESOLVED);
        bench.poll();
        return this;
    }

    /** The portal's event of the warning arrives. */
    void confirm() {
        bench.closings()
                .clock(ticket())
                .flatMap(clock -> clock.warningCommand())
                .ifPresent(command -> bench.outbox().confirmed("contoso", command, bench.clock.instant()));
    }

    /** From now on a field shows the clock. */
    void withClockField() {
        rules(Brake.OF_THE_SERVICE, Optional.of(CLOCK_FIELD));
    }

    void withBrake(Brake brake) {
        rules(brake, Optional.empty());
    }

    private void rules(Brake brake, Optional<String> clockField) {
        bench.closing(rules -> new InactivityRules(
                true,
                rules.since(),
                rules.days(),
                rules.window(),
                brake,
                rules.region(),
                List.of(),
                Optional.empty(),
                clockField,
                rules.closeCodes()));
    }

    PortalEvent event() {
        return PortalEvent.of(ROOM, SIGNAL).at(bench.clock.instant());
    }

    Ticket ticket() {
        return bench.ticket(ROOM, SIGNAL);
    }

    String sysId() {
        return bench.incident(ROOM, SIGNAL).sysId();
    }

    IncidentState state() {
        return bench.state(ROOM, SIGNAL);
    }

    String field(String name) {
        return bench.incident(ROOM, SIGNAL).field(name);
    }

    List<String> journal() {
        return bench.journal(ROOM, SIGNAL);
    }

    List<Step> steps() {
        return bench.closings().records(ticket()).stream()
                .map(ClosingRecord::step)
                .toList();
    }

    /** What the last look decided, and why. */
    String decision() {
        return bench.closings()
                .clock(ticket())
                .map(row -> row.decision() + ": " + row.reason())
                .orElseThrow();
    }

    @Override
    public void close() {
        bench.close();
    }
}
