package io.roombridge.route;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people intend to do in a quarter and what goes wrong in it, all from one seed: 1 September to 30 November 2026, in
 * which daylight saving changes on three continents. The bridge looks at the full hours; people act between them.
 */
final class QuarterPlan {

    static final Instant BEGIN = Instant.parse("2026-08-31T00:00:00Z");
    static final Instant END = Instant.parse("2026-11-30T00:00:00Z");
    static final Duration STEP = Duration.ofHours(1);

    /** The machine on which the bridge runs is off. */
    static final Span DOWNTIME = new Span(Instant.parse("2026-10-06T11:30:00Z"), Instant.parse("2026-10-08T11:30:00Z"));

    private static final int SECONDS = 40 * 60;
    private static final int FROM = 16 * 60;

    /**
     * Some customers write within three minutes after they were asked, before the bridge looks. It reads the message first,
     * and the hand-over behind it carries the time of whatever happened to the incident last: nobody but the order of things
     * here knows that the message is newer.
     */
    private static final int ANSWERED_FROM = 10;

    private static final int ANSWERED_WITHIN = 170;

    /** Regions with the weekdays of that quarter on which offices are closed, written by hand from the laws. */
    private static final List<Place> PLACES = List.of(
            Place.of("DE-SN", "Europe/Berlin", "2026-11-18"),
            Place.of("AT", "Europe/Vienna", "2026-10-26"),
            Place.of("IE", "Europe/Dublin", "2026-10-26"),
            Place.of("ES-MD", "Europe/Madrid", "2026-10-12 2026-11-02"),
            Place.of("GR", "Europe/Athens", "2026-10-28"),
            Place.of("PT", "Europe/Lisbon", "2026-10-05"),
            Place.of("US-NY", "America/New_York", "2026-09-07 2026-10-12 2026-11-03 2026-11-11 2026-11-26"),
            Place.of("US-WA", "America/Los_Angeles", "2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-11-27"),
            Place.of("AU-NSW", "Australia/Sydney", "2026-10-05"),
            Place.of("NZ-AUK", "Pacific/Auckland", "2026-10-26"));

    /** Where a room is. */
    record Place(String region, ZoneId zone, Set<LocalDate> holidays) {

        private static Place of(String region, String zone, String holidays) {
            return new Place(
                    region,
                    ZoneId.of(zone),
                    Stream.of(holidays.split(" ")).map(LocalDate::parse).collect(Collectors.toSet()));
        }
    }

    /** From the first moment to before the last. */
    record Span(Instant from, Instant until) {

        boolean has(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    /** A ticket that will be, and where. */
    record Room(String name, Place place, boolean customer) {}

    /** What somebody will do; {@code what} is a letter of {@link ClosingModel#ball}, {@code o} for the ticket's birth. */
    record Intention(Instant at, Room room, char what) {}

    /** ServiceNow answers nothing. */
    private final List<Span> outages = new ArrayList<>();

    private final List<Intention> intentions = new ArrayList<>();

    QuarterPlan(Random random, int tickets) {
        for (int i = 0; i < 12; i++) {
            Instant from =
                    BEGIN.plus(STEP.multipliedBy(24L + random.nextInt(80 * 24))).minusSeconds(60L * random.nextInt(60));
            outages.add(new Span(from, from.plus(Duration.ofMinutes(30 + random.nextInt(600)))));
        }
        for (int i = 0; i < tickets; i++) {
            Room room = new Room("room-" + i, PLACES.get(i % PLACES.size()), random.nextBoolean());
            live(room, random);
        }
        intentions.sort(Comparator.comparing(Intention::at));
    }

    List<Intention> intentions() {
        return intentions;
    }

    boolean running(Instant at) {
        return !DOWNTIME.has(at);
    }

    boolean answering(Instant at) {
        return outages.stream().noneMatch(outage -> outage.has(at));
    }

    /** Whether the bridge can look at this full hour. */
    boolean looks(Instant hour) {
        return running(hour) && answering(hour);
    }

    /** The first full hour from this moment on at which the bridge looks. */
    Instant lookFrom(Instant at) {
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        hour = hour.isBefore(at) ? hour.plus(STEP) : hour;
        while (!looks(hour)) {
            hour = hour.plus(STEP);
        }
        return hour;
    }

    /** Whether the bridge looks between two moments, so that it sees what was at the first before the second. */
    boolean looksBetween(Instant first, Instant second) {
        return lookFrom(first).isBefore(second);
    }

    private void live(Room room, Random random) {
        Instant at = moment(BEGIN, random.nextInt(55 * 24), random);
        intentions.add(new Intention(at, room, 'o'));
        Instant born = at;
        Instant last = at;
        Instant state = at;
        for (int left = random.nextInt(5); left > 0; left--) {
            at = moment(at, random.nextInt(3) == 0 ? random.nextInt(3) : 1 + random.nextInt(10 * 24), random);
            char what = "csnfAVWNI".charAt(random.nextInt(9));
            // Of two states between two looks nobody can see the first.
            boolean visible = !isDeskState(what) || looksBetween(state, at);
            if (at.isAfter(last) && looksBetween(born, at) && visible) {
                intentions.add(new Intention(at, room, what));
                last = at;
                state = isDeskState(what) ? at : state;
                if (what == 'A' && random.nextBoolean()) {
                    last = at.plusSeconds(ANSWERED_FROM + random.nextInt(ANSWERED_WITHIN));
                    intentions.add(new Intention(last, room, 'c'));
                }
            }
        }
    }

    /** Whether somebody changes the state of the incident, of which ServiceNow does not tell when it was. */
    static boolean isDeskState(char what) {
        return "AVW".indexOf(what) >= 0;
    }

    private static Instant moment(Instant from, int hours, Random random) {
        return from.truncatedTo(ChronoUnit.HOURS)
                .plus(STEP.multipliedBy(hours))
                .plusSeconds(FROM + random.nextInt(SECONDS));
    }
}
