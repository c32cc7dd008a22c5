package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.closing.Brake;
import io.roombridge.closing.Calendars;
import io.roombridge.closing.Evidence;
import io.roombridge.closing.InactivityRule;
import io.roombridge.correlation.ClosingRecord;
import io.roombridge.correlation.ClosingRecord.Step;
import io.roombridge.route.ClosingModel.Happening;
import io.roombridge.route.ClosingModel.Office;
import io.roombridge.ticket.IncidentState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A quarter in ten regions: people on both sides do what they like at random, the bridge is restarted, the machine is down
 * for two days. Exactly the tickets that {@link ClosingModel} closes are closed, with the same last days, none early. The
 * clock jumps from one moment at which something is due to the next.
 */
class ClosingQuarterTest {

    private static final Instant BEGIN = Instant.parse("2026-06-01T09:00:00Z");
    private static final Duration QUARTER = Duration.ofDays(91);
    private static final Instant DOWN_FROM = Instant.parse("2026-07-06T12:00:00Z");
    private static final Instant UP_AGAIN = DOWN_FROM.plus(Duration.ofDays(2));
    private static final Calendars CALENDARS = new Calendars();
    private static final List<String> REGIONS = List.of(
            "DE-BY Europe/Berlin",
            "GB-ENG Europe/London",
            "US-CA America/Los_Angeles",
            "US-NY America/New_York",
            "AU-NSW Australia/Sydney",
            "NZ-AUK Pacific/Auckland",
            "SE Europe/Stockholm",
            "ES-MD Europe/Madrid",
            "GR Europe/Athens",
            "PT Europe/Lisbon");

    @TempDir
    Path directory;

    private final List<Life> lives = new ArrayList<>();
    private Bench bench;

    /** A ticket with everything that happened to it, in the words of the model. */
    private static final class Life {
        private final String room;
        private final String region;
        private final ZoneId zone;
        private final boolean customer;
        private final List<Happening> happened = new ArrayList<>();
        private char portal = 'N';
        private char desk = 'W';
        private boolean heldEver;
        private long sequence = 1;

        private Life(String room, String place, boolean customer) {
            this.room = room;
            this.region = place.split(" ")[0];
            this.zone = ZoneId.of(place.split(" ")[1]);
            this.customer = customer;
        }

        private void add(Instant at, char what) {
            happened.add(new Happening(at, what));
        }

        private int days() {
            return customer ? 3 : 15;
        }
    }

    /** What somebody will do; {@code what} is a letter of the model. */
    private record Plan(Instant at, Life life, char what) {}

    @Test
    void exactlyTheTicketsOfTheModelAreClosedAndNoneEarly() {
        long seed = Long.getLong("roombridge.seed", 20260601L);
        int tickets = Integer.getInteger("roombridge.tickets", 60);
        Random random = new Random(seed);
        String replay = "replay with -Droombridge.seed=" + seed + " -Droombridge.tickets=" + tickets;
        try (Bench started = new Bench(directory)) {
            bench = started;
            bench.machine.advance(Duration.ofHours(2));
            bench.closing(rules -> quarter(rules));
            live(plans(random, tickets), random);
            int closed = 0;
            for (Life life : lives) {
                closed += check(life, replay) ? 1 : 0;
            }
            assertThat(closed).as(replay).isGreaterThan(tickets / 3).isLessThan(tickets);
        }
    }

    private static InactivityRules quarter(InactivityRules rules) {
        return new InactivityRules(
                true,
                Instant.EPOCH,
                InactivityRule.OF_THE_SERVICE,
                rules.window(),
                new Brake(Integer.MAX_VALUE, 1),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                rules.closeCodes());
    }

    private List<Plan> plans(Random random, int tickets) {
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < tickets; i++) {
            Life life = new Life("room-" + i, REGIONS.get(i % REGIONS.size()), random.nextBoolean());
            lives.add(life);
            Instant opened = BEGIN.plusSeconds(60 + random.nextInt(40 * 86_400));
            plans.add(new Plan(opened, life, 'o'));
            Instant at = opened;
            for (int n = random.nextInt(6); n > 0; n--) {
                at = at.plusSeconds(60 + random.nextInt(10 * 86_400));
                plans.add(new Plan(at, life, "csnAVWNI".charAt(random.nextInt(8))));
            }
        }
        plans.sort(Comparator.comparing(Plan::at));
        return plans;
    }

    /** Goes from one moment to the next: what people do, and what the bridge has to look at. */
    private void live(List<Plan> plans, Random random) {
        Instant end = BEGIN.plus(QUARTER);
        List<Plan> late = new ArrayList<>();
        int next = 0;
        Instant now = bench.clock.instant();
        while (now.isBefore(end)) {
            Instant plan = next < plans.size() ? plans.get(next).at() : end;
            Instant look =
                    bench.closings().nextLook().filter(at -> at.isBefore(plan)).orElse(plan);
            boolean down = !look.isBefore(DOWN_FROM) && look.isBefore(UP_AGAIN);
            now = down ? min(plan, UP_AGAIN) : max(look, now);
            bench.reach(now);
            if (!now.isBefore(plan) && next < plans.size()) {
                carryOut(plans.get(next++), now, down && now.isBefore(UP_AGAIN), late);
            }
            if (down && now.isBefore(UP_AGAIN)) {
                continue;
            }
            late.forEach(message -> send(message.life(), message.what(), message.at()));
            late.clear();
            if (random.nextInt(40) == 0) {
                bench.reborn();
            }
            bench.lookAt(now);
        }
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void carryOut(Plan plan, Instant now, boolean down, List<Plan> late) {
        Life life = plan.life();
        boolean desk = "snAVW".indexOf(plan.what()) >= 0;
        boolean begun = !life.happened.isEmpty();
        if (plan.what() != 'o' && (!begun || over(life))) {
            return;
        }
        if (desk && bench.store().ticketCount() > 0 && begun && known(life)) {
            atTheDesk(life, plan.what(), now);
        } else if (!desk) {
            inThePortal(life, plan.what(), now, down, late);
        }
    }

    private boolean known(Life life) {
        try {
            bench.ticket(life.room, "Camera");
            return true;
        } catch (java.util.NoSuchElementException e) {
            return false;
        }
    }

    private boolean over(Life life) {
        return known(life) && bench.state(life.room, "Camera") == IncidentState.RESOLVED;
    }

    private void atTheDesk(Life life, char what, Instant now) {
        var beth = bench.serviceNow.desk().as("beth.anglin");
        String sysId = bench.incident(life.room, "Camera").sysId();
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        boolean changes = "sn".indexOf(what) >= 0 || life.desk != what && (what != 'W' || life.heldEver);
        switch (what) {
            case 's' -> beth.comment(sysId, "Please look at the cable " + now);
            case 'n' -> beth.workNote(sysId, "Called the site " + now);
            case 'A' -> beth.hold(sysId, "1");
            case 'V' -> beth.hold(sysId, "4");
            default -> {
                if (changes) {
                    beth.reopen(sysId);
                }
            }
        }
        if (changes) {
            life.add(second, what);
        }
        life.heldEver |= what == 'A' || what == 'V';
        life.desk = "AVW".indexOf(what) >= 0 ? what : life.desk;
    }

    private void inThePortal(Life life, char what, Instant now, boolean down, List<Plan> late) {
        if (what == 'o') {
            if (life.customer) {
                life.add(now, 'c');
            }
            life.add(now, 'N');
        } else if (what == 'c') {
            life.add(now, 'c');
        } else if (life.portal != what) {
            life.add(now, what);
            life.portal = what;
        } else {
            return;
        }
        if (down) {
            late.add(new Plan(now, life, what));
        } else {
            send(life, what, now);
        }
    }

    private void send(Life life, char what, Instant at) {
        PortalEvent event = PortalEvent.of(life.room, "Camera")
                .at(at)
                .in(life.region, life.zone.getId(), life.customer ? "customer" : "system");
        if (what == 'c') {
            bench.deliver(event.message("m-" + life.room + "-" + at.getEpochSecond(), "It still flickers " + at));
        } else if (what == 'o') {
            bench.deliver(event.opened(life.sequence));
        } else {
            boolean investigating = what == 'I';
            bench.deliver(event.status(
                    ++life.sequence,
                    investigating ? "needsAction" : "investigating",
                    investigating ? "investigating" : "needsAction"));
        }
    }

    /** Returns whether the ticket was closed, and checks that it had to be, or had not. */
    private boolean check(Life life, String replay) {
        List<ClosingRecord> records = bench.closings().records(bench.ticket(life.room, "Camera"));
        List<Happening> past = life.happened.stream()
                .sorted(Comparator.comparing(Happening::at))
                .toList();
        Optional<Instant> silent = ClosingModel.silentSince(past);
        Office office = new Office(life.zone, holidays(life.region));
        String of = life.room + " " + life.region + " " + past + "; " + replay;
        List<ClosingRecord> closed =
                records.stream().filter(one -> one.step() == Step.CLOSED).toList();
        assertThat(closed).as(of).hasSizeLessThan(2);
        if (closed.isEmpty()) {
            // Warned at the latest on the day after the count, closed on the next; a downtime adds its own days.
            silent.map(since -> office.after(since.atZone(life.zone).toLocalDate(), life.days() + 6))
                    .ifPresent(latest -> assertThat(latest)
                            .as("has to be closed: " + of)
                            .isAfter(BEGIN.plus(QUARTER).atZone(life.zone).toLocalDate()));
            return false;
        }
        ClosingRecord closing = closed.get(0);
        Instant warned = Instant.parse(Evidence.text(closing.evidence(), "warnedAt"));
        assertThat(silent).as("the customer has no turn: " + of).contains(closing.countFrom());
        LocalDate lastDay = ClosingModel.lastDay(office, silent.orElseThrow(), life.days(), warned);
        assertThat(Evidence.text(closing.evidence(), "lastDay")).as(of).isEqualTo(lastDay.toString());
        assertThat(closing.at().plusSeconds(1))
                .as("early: " + of)
                .isAfterOrEqualTo(ClosingModel.executeFrom(office, lastDay));
        return true;
    }

    /** Only the table of days is taken from the bridge: the model counts by itself. */
    private static Set<LocalDate> holidays(String region) {
        var calendar = CALENDARS.of(region).toOptional().orElseThrow();
        Set<LocalDate> days = new HashSet<>();
        for (LocalDate day = LocalDate.of(2026, 5, 1); day.isBefore(LocalDate.of(2027, 1, 15)); day = day.plusDays(1)) {
            if (!calendar.isBusinessDay(day)) {
                days.add(day);
            }
        }
        return days;
    }
}
