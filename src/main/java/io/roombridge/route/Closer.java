package io.roombridge.route;

import io.roombridge.closing.Evidence;
import io.roombridge.closing.Knowledge;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.correlation.Commit;
import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.Fence;
import io.roombridge.correlation.Intent;
import io.roombridge.mapping.ClosingText;
import io.roombridge.servicenow.ClosingReader;
import io.roombridge.servicenow.ClosingView;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.RetryLater;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Closes an incident for inactivity, once: the claim is a commit that moves the ticket's version and writes the intent; the
 * incident is read again between the claim and the write, and the write leaves within seconds of that reading or not at
 * all. A crash at any point is settled by the note's reference (design, section 3.6).
 */
final class Closer {

    static final int ONLY = 1;

    /** What a person does later than this before the write could be missed by the last look. */
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(5);

    private final CorrelationStore store;
    private final ClosingBook book;
    private final Effects effects;
    private final Settlement settlement;
    private final LastLook lastLook;
    private final Conclude conclude;
    private final ClosingTexts texts;
    private final InactivityRules rules;
    private final Clock clock;
    private final Clock machine;

    Closer(
            CorrelationStore store,
            ClosingBook book,
            Effects effects,
            Settlement settlement,
            LastLook lastLook,
            Conclude conclude,
            ClosingTexts texts,
            InactivityRules rules,
            Clock clock,
            Clock machine) {
        this.store = store;
        this.book = book;
        this.effects = effects;
        this.settlement = settlement;
        this.lastLook = lastLook;
        this.conclude = conclude;
        this.texts = texts;
        this.rules = rules;
        this.clock = clock;
        this.machine = machine;
    }

    /** Why a ticket was not closed after all; it is looked at again. */
    static final class NotNow extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotNow(String why) {
            super(why);
        }
    }

    static RuntimeException gone(String number) {
        return new NotNow(number + " is not there any more");
    }

    /**
     * @param evidence what is known of the incident before it is read, without the state it goes back to
     * @param held the lease of this work: asked in the transaction of the claim, and once more before the write leaves
     * @throws NotNow when the incident itself speaks against it
     */
    void close(Desk desk, Ticket ticket, Incident current, Evidence evidence, Fence held) {
        Instant countFrom = evidence.timetable().due().start();
        Cause cause = Cause.ofRule(Cause.CLOSING, ticket, countFrom + "@" + current.sysId());
        Ticket before = settlement.settle(desk, ticket, cause);
        if (effects.made(before, cause, ONLY).isEmpty()) {
            ClosingView first = reader(desk).full(current.sysId()).orElseThrow(() -> gone(current.number()));
            object(lastLook.objection(desk, before, first, countFrom));
            object(Knowledge.readTooEarly(evidence.timetable().dueAt(), first.serverTime()));
            Evidence complete = evidence.goingBackTo(
                    first.incident().stateValue(), first.incident().holdReason());
            ClosingRecord intended = ClosingRecord.of(
                    before, current, cause.id(), Step.INTENDED, clock.instant(), countFrom, complete.json());
            store.commit(new Commit().closing(intended));
            Effects.Written written = write(desk, before, current, cause, complete, held);
            conclude.conclude(desk, written.ticket(), intended, Optional.of(written));
        } else {
            intended(before, cause).ifPresent(record -> conclude.conclude(desk, before, record, Optional.empty()));
        }
    }

    private Optional<ClosingRecord> intended(Ticket ticket, Cause cause) {
        return book.records(ticket).stream()
                .filter(record -> record.step() == Step.INTENDED
                        && record.cause().equals(cause.id().value()))
                .reduce((first, second) -> second);
    }

    /**
     * Finds out what became of writes that were cut off, and records a closing that was written and not recorded.
     *
     * @param records every step recorded for the ticket
     * @return whether there was anything of the kind: then the ticket is to be read again
     * @throws RetryLater while a write may still be at work
     */
    boolean finishCutOff(Desk desk, Ticket ticket, List<ClosingRecord> records) {
        List<Intent> open = store.openIntents(ticket);
        if (!open.isEmpty()) {
            settlement.settle(desk, ticket, new Cause(open.get(0).cause(), ticket.lastEvent(), Optional.empty()));
        }
        Optional<ClosingRecord> cutOff = records.stream()
                .filter(record -> record.step() != Step.WARNED)
                .reduce((first, second) -> second)
                .filter(record -> record.step() == Step.INTENDED)
                .filter(record -> effects.made(ticket, Conclude.cause(ticket, record), ONLY)
                        .isPresent());
        cutOff.ifPresent(record -> conclude.conclude(
                desk,
                store.ticket(ticket.tenant(), ticket.instance(), ticket.id()).orElseThrow(),
                record,
                Optional.empty()));
        return !open.isEmpty() || cutOff.isPresent();
    }

    private Effects.Written write(
            Desk desk, Ticket before, Incident current, Cause cause, Evidence evidence, Fence held) {
        String note = evidence.note();
        Map<String, String> fields = fields(desk, before, current, evidence);
        try {
            return effects.under(held)
                    .once(
                            desk,
                            before,
                            cause,
                            new Effects.Write(ONLY, Intent.Kind.CLOSE, Optional.of(current.sysId()), Optional.of(note)),
                            reference -> {
                                lookOnceMore(desk, before, current, evidence, held);
                                fields.put(IncidentText.WORK_NOTES, reference.signing(note));
                                return desk.gateway().update(current.sysId(), fields);
                            });
        } catch (Effects.Withheld withheld) {
            throw new NotNow(withheld.getMessage());
        }
    }

    private void lookOnceMore(Desk desk, Ticket before, Incident current, Evidence evidence, Fence held) {
        Instant claimed = machine.instant();
        ClosingView again = reader(desk).again(current.sysId()).orElseThrow(() -> withheld("it is gone"));
        lastLook.objection(desk, before, again, evidence.timetable().due().start())
                .ifPresent(why -> {
                    throw withheld(why);
                });
        if (machine.instant().isAfter(claimed.plus(LEAVE_WITHIN)) || !held.stands()) {
            throw withheld("the last look took too long, or another node took the work over");
        }
    }

    private static Effects.Withheld withheld(String why) {
        return new Effects.Withheld(why);
    }

    /** Without the note, which is signed when it leaves. */
    private Map<String, String> fields(Desk desk, Ticket ticket, Incident current, Evidence evidence) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("state", IncidentState.RESOLVED.value());
        fields.put("close_code", rules.closeCodes().get(desk.name()));
        fields.put(
                "close_notes",
                texts.of(ClosingText.CLOSE_NOTES, ticket, current.number(), evidence.timetable(), evidence.signal()));
        rules.clockField().ifPresent(field -> fields.put(field, ""));
        return fields;
    }

    private ClosingReader reader(Desk desk) {
        return desk.gateway().closing(rules.keepOpenField());
    }

    private static void object(Optional<String> objection) {
        objection.ifPresent(why -> {
            throw new NotNow(why);
        });
    }
}
