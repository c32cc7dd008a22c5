package io.roombridge.closing;

import java.time.Instant;
import java.util.Optional;

/** What is to be done with a waiting ticket now, and why, in words for people. */
public sealed interface ClosingDecision {

    /** One clause that a person can read. */
    String reason();

    /** Everything allows it: the ticket is closed. */
    record Close(String reason) implements ClosingDecision {}

    /** The customer is told that the ticket will be closed, and when. */
    record Warn(String reason) implements ClosingDecision {}

    /** Nothing yet. @param until when to look again; empty when only news of the ticket can change it */
    record Wait(String reason, Optional<Instant> until) implements ClosingDecision {}

    /** Not closed as long as this lasts. */
    record Never(String reason) implements ClosingDecision {}

    /** Pure: the same situation always gives the same decision (design, section 3.6). */
    static ClosingDecision of(Situation situation) {
        InactivityClock clock = situation.clock();
        if (!clock.running()) {
            return new Wait("the " + clock.ball().label() + " has the ball: " + clock.why(), Optional.empty());
        }
        if (!situation.vetoes().isEmpty()) {
            return new Never(String.join("; ", situation.vetoes()));
        }
        return situation
                .timetable()
                .toOptional()
                .map(timetable -> scheduled(situation, timetable))
                .orElseGet(() -> new Never(situation.timetable().refusal().orElseThrow()));
    }

    private static ClosingDecision scheduled(Situation situation, Timetable timetable) {
        Instant now = situation.now();
        return switch (situation.warning()) {
            case IMPOSSIBLE -> new Never("the customer cannot be warned: nothing is sent to the portal");
            case NONE ->
                now.isBefore(timetable.warnAt())
                        ? until("the customer has time until the " + timetable.inWords(), timetable.warnAt())
                        : new Warn("the customer has been silent until the business day before the last");
            case SENT -> new Wait("the warning is not confirmed yet", Optional.empty());
            case DELIVERED -> warned(situation, timetable);
        };
    }

    private static ClosingDecision warned(Situation situation, Timetable timetable) {
        Instant now = situation.now();
        if (now.isBefore(timetable.executeFrom())) {
            return until("warned; the customer has time until the " + timetable.inWords(), timetable.executeFrom());
        }
        if (!timetable.windowOpen(now, situation.window())) {
            return until("due, but tickets are closed in business hours only", timetable.nextWindow(now));
        }
        return situation
                .unheard()
                .or(situation::braked)
                .<ClosingDecision>map(why -> new Wait(why, Optional.empty()))
                .orElseGet(() -> new Close("the customer was silent until the " + timetable.inWords()));
    }

    private static ClosingDecision until(String reason, Instant moment) {
        return new Wait(reason, Optional.of(moment));
    }
}
