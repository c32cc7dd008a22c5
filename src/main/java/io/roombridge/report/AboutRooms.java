package io.roombridge.report;

import io.roombridge.report.Busiest.Top;
import io.roombridge.report.FloorOutages.Outage;
import io.roombridge.report.Review.Chart;
import io.roombridge.report.Review.Line;
import io.roombridge.report.Review.Section;
import io.roombridge.report.Review.Table;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The rooms: floors that went offline together, and who reported most. */
final class AboutRooms {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private AboutRooms() {}

    static List<Section> sections(Figures figures) {
        return List.of(outages(figures), busiest(figures));
    }

    private static Section outages(Figures figures) {
        return new Section(
                "Floors that went offline together",
                List.of("At least " + FloorOutages.LEAST + " rooms of one floor, each offline no more than "
                        + FloorOutages.GAP.toMinutes()
                        + " minutes after the one before: a fuse or a switch rather than the"
                        + " rooms. The time is the portal's own."),
                List.of(new Table(
                        "outages",
                        "Outages of floors",
                        "first report, floor",
                        List.of("rooms", "minutes from the first report to the last"),
                        figures.outages().stream()
                                .map(outage -> line(outage, figures.period().zone()))
                                .toList(),
                        Chart.NONE,
                        false,
                        "history with what ticket.opened or ticket.reopened"
                                + (figures.ofSecondSource() > 0 ? ", or device.health-changed as above" : "")
                                + ", of tickets with signal offline, by the floor"
                                + " of the ticket's last event")));
    }

    private static Line line(Outage outage, ZoneId zone) {
        String floor = outage.floor().building().isEmpty()
                ? outage.floor().name()
                : outage.floor().building() + ", " + outage.floor().name();
        return Line.of(
                MINUTE.format(outage.begin().atZone(zone)) + ", " + floor,
                outage.rooms(),
                outage.spread().toMinutes());
    }

    private static Section busiest(Figures figures) {
        Busiest busiest = figures.busiest();
        return new Section(
                "The busiest rooms and signals",
                List.of(
                        InWords.count(busiest.allRooms(), "room") + " reported any fault; here are the " + Busiest.MOST
                                + " with the most reports.",
                        "People recorded " + InWords.count(busiest.byPeople(), "issue")
                                + " themselves: those name no signal, and may name several rooms."),
                List.of(
                        table("rooms", "Rooms with the most reports", "room", busiest.rooms(), figures),
                        table("signals", "Signals with the most reports", "signal", busiest.signals(), figures)));
    }

    private static Table table(String id, String title, String keys, List<Top> tops, Figures figures) {
        return new Table(
                id,
                title,
                keys,
                List.of("reports"),
                tops.stream().map(top -> Line.of(top.name(), top.times())).toList(),
                Chart.BARS,
                false,
                figures.source() + ", with its ticket's canonical_key");
    }
}
