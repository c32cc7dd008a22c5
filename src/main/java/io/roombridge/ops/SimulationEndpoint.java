package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.closing.Calendars;
import io.roombridge.closing.InactivityRule;
import io.roombridge.closing.Simulation;
import io.roombridge.closing.Simulation.Afterwards;
import io.roombridge.closing.Simulation.Replayed;
import io.roombridge.closing.TimeZones;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.ClosingBook;
import io.roombridge.correlation.StoreLife;
import io.roombridge.portal.PortalEvents;
import io.roombridge.route.RecordedPast;
import io.roombridge.route.RoomPlaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;

/** Replays the recorded past under today's or a proposed rule and calendar; writes nothing (docs/closing.md). */
public final class SimulationEndpoint {

    /** {@code POST {days, customerDays, systemDays, calendar}}: each may be left out. */
    public static final String PATH = "/api/v1/closing/simulation";

    private static final int DAYS = 30;
    private static final int MOST_DAYS = 3_650;

    private final Jdbi jdbi;
    private final InactivityRule rule;
    private final Optional<String> region;
    private final Clock clock;

    private SimulationEndpoint(Jdbi jdbi, InactivityRule rule, Optional<String> region, Clock clock) {
        this.jdbi = jdbi;
        this.rule = rule;
        this.region = region;
        this.clock = clock;
    }

    /**
     * @param rule today's, where none is proposed
     * @param region an ISO 3166 code, for rooms that name none
     */
    static Endpoint of(Jdbi jdbi, InactivityRule rule, Optional<String> region, Clock clock) {
        return Endpoint.post(PATH, new SimulationEndpoint(jdbi, rule, region, clock)::replayed);
    }

    private Answer replayed(Call call) {
        Instant now = clock.instant();
        Simulation simulation = new Simulation(
                call.text("calendar").map(SimulationEndpoint::proposed).orElseGet(Calendars::new),
                new TimeZones(),
                new InactivityRule(
                        call.number("customerDays", 1, MOST_DAYS).orElse(rule.customer()),
                        call.number("systemDays", 1, MOST_DAYS).orElse(rule.system())),
                now.minus(Duration.ofDays(call.number("days", 1, MOST_DAYS).orElse(DAYS))),
                now,
                new StoreLife(jdbi).completeSince().orElse(Instant.EPOCH));
        List<Replayed> found = new ArrayList<>();
        new RecordedPast(new ClosingBook(jdbi), new Activities(jdbi), new RoomPlaces(new PortalEvents(), region))
                .each(past -> simulation.replay(past).ifPresent(found::add));
        return Answer.json(report(simulation, found));
    }

    private static Calendars proposed(String corrections) {
        try {
            return Calendars.corrected("the proposed calendar", corrections);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    /** First the closings that people spoke against afterwards. */
    private static ObjectNode report(Simulation simulation, List<Replayed> replayed) {
        ObjectNode report = Json.MAPPER
                .createObjectNode()
                .put("from", simulation.from().toString())
                .put("until", simulation.until().toString())
                .put("customerDays", simulation.rule().customer())
                .put("systemDays", simulation.rule().system())
                .put("calendar", simulation.calendars().version())
                .put("wouldBeClosed", count(replayed, one -> one.closedAt().isPresent()))
                .put(
                        "spokenAgainstAfterwards",
                        count(replayed, one -> one.afterwards().isPresent()))
                .put("wouldHaveStayedOpen", count(replayed, Replayed::keptOpen))
                .put("refused", count(replayed, one -> one.refused().isPresent()));
        ArrayNode incidents = report.putArray("incidents");
        replayed.stream()
                .sorted(Comparator.comparing((Replayed one) -> one.afterwards().isEmpty())
                        .thenComparing(one -> one.closedAt().orElse(Instant.MAX))
                        .thenComparing(one -> one.past().number()))
                .forEach(one -> incidents
                        .addObject()
                        .put("incident", one.past().number())
                        .put("tenant", one.past().tenant())
                        .put("ticket", one.past().ticket())
                        .put("class", one.past().origin().label())
                        .put("silentSince", moment(one.silentSince()))
                        .put("closedAt", moment(one.closedAt()))
                        .put("reallyClosedAt", moment(one.past().closed()))
                        .put("afterwardsAt", moment(one.afterwards().map(Afterwards::at)))
                        .put(
                                "afterwards",
                                one.afterwards().map(Afterwards::what).orElse(""))
                        .put("refused", one.refused().orElse("")));
        return report;
    }

    private static long count(List<Replayed> replayed, Predicate<Replayed> which) {
        return replayed.stream().filter(which).count();
    }

    private static String moment(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse("");
    }
}
