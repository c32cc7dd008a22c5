package io.roombridge.sandbox.portal;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The one screen at the end of a played day. Its last line is read by scripts: {@code duplicates 0, lost 0}.
 *
 * @param published messages' events by the name of their type, copies and heartbeats included
 * @param serviceNowCalls requests that reached ServiceNow during the day
 */
public record Summary(
        long seed, Truth truth, Map<String, Long> published, long serviceNowCalls, DayCheck.Verdict verdict) {

    private static final int MOST_LINES = 20;

    public Summary {
        published = Map.copyOf(published);
    }

    public String text() {
        StringBuilder screen = new StringBuilder();
        long heartbeats = published.getOrDefault(PortalSimulator.HEARTBEAT, 0L);
        long events = published.values().stream().mapToLong(Long::longValue).sum() - heartbeats;
        line(screen, "campus day, seed %d", seed);
        line(screen, "  events     %5d, and %d heartbeats", events, heartbeats);
        line(screen, "  tickets    %5d, %d admitted%s", truth.tickets().size(), verdict.admitted(), setAside());
        line(screen, "  incidents  %5d", verdict.incidents());
        line(
                screen,
                "  ServiceNow %5d calls, %.2f per event",
                serviceNowCalls,
                events == 0 ? 0.0 : (double) serviceNowCalls / events);
        line(screen, "  wrong      %5d", verdict.wrong().size());
        verdict.wrong().stream().limit(MOST_LINES).forEach(fault -> line(screen, "    %s", fault));
        if (verdict.wrong().size() > MOST_LINES) {
            line(screen, "    and %d more", verdict.wrong().size() - MOST_LINES);
        }
        line(screen, "duplicates %d, lost %d", verdict.duplicates(), verdict.lost());
        return screen.toString();
    }

    private String setAside() {
        Map<Truth.SetAside, Long> reasons = truth.tickets().stream()
                .flatMap(ticket -> ticket.setAside().stream())
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
        return reasons.entrySet().stream()
                .map(reason -> ", " + reason.getValue() + " "
                        + reason.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining());
    }

    private static void line(StringBuilder screen, String format, Object... values) {
        screen.append(format.formatted(values)).append('\n');
    }
}
