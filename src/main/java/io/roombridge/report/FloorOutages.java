package io.roombridge.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds rooms of one floor that went offline together: reports that follow each other within {@link #GAP} are one outage, if
 * they name at least {@link #LEAST} rooms. Told one report after the other, in the order of their times. Pure.
 */
final class FloorOutages {

    /** Longer pauses between two reports part two outages. */
    static final Duration GAP = Duration.ofMinutes(10);

    /** Two rooms may be chance. */
    static final int LEAST = 3;

    private final Map<Floor, Series> open = new HashMap<>();
    private final List<Outage> found = new ArrayList<>();

    /** A floor, or an area that the portal calls one, of a building of a tenant. */
    record Floor(String tenant, String building, String name) {}

    /** Reports in a row. */
    static final class Series {
        private final Instant begin;
        private final Set<String> rooms = new HashSet<>();
        private Instant last;

        private Series(Instant begin) {
            this.begin = begin;
        }
    }

    /**
     * Several rooms of a floor, offline together.
     *
     * @param begin of the first report
     * @param spread from the first report to the last
     */
    record Outage(Floor floor, Instant begin, Duration spread, int rooms) {}

    /** A room of the floor went offline. */
    void offline(Floor floor, String room, Instant at) {
        Series series = open.get(floor);
        if (series == null || at.isAfter(series.last.plus(GAP))) {
            if (series != null) {
                over(floor, series);
            }
            series = new Series(at);
            open.put(floor, series);
        }
        series.rooms.add(room);
        series.last = at;
    }

    private void over(Floor floor, Series series) {
        if (series.rooms.size() >= LEAST) {
            found.add(
                    new Outage(floor, series.begin, Duration.between(series.begin, series.last), series.rooms.size()));
        }
    }

    /** Those that began within the period, the earliest first; one that had begun before it belongs to the report before. */
    List<Outage> beganIn(Period period) {
        open.forEach(this::over);
        open.clear();
        return found.stream()
                .filter(outage -> !outage.begin().isBefore(period.begin())
                        && outage.begin().isBefore(period.end()))
                .sorted(Comparator.comparing(Outage::begin)
                        .thenComparing(outage -> outage.floor().building())
                        .thenComparing(outage -> outage.floor().name()))
                .toList();
    }
}
