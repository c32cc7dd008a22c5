package io.roombridge.doctor;

import io.roombridge.servicenow.Query;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether somebody else writes tickets for the same rooms: a second bridge, or Microsoft's own integration. */
final class Others implements Probe {

    private static final int NEWEST = 200;
    private static final Duration LATELY = Duration.ofDays(7);

    /** A person may report a fault of a Teams room by hand now and then. */
    private static final int A_HABIT = 3;

    private static final List<String> FIELDS = List.of("sys_created_by", "correlation_id", "active", "number");

    private final Instance instance;
    private final Clock machine;

    Others(Instance instance, Clock machine) {
        this.instance = instance;
        this.machine = machine;
    }

    @Override
    public List<Finding> look() {
        List<Map<String, String>> ours = instance.inspection()
                .rows(
                        "incident",
                        Query.whereStartsWith("correlation_id", "rb-").newestFirst("sys_created_on"),
                        NEWEST,
                        FIELDS);
        List<Map<String, String>> mentions = instance.inspection()
                .rows(
                        "incident",
                        Query.whereFrom("sys_created_on", machine.instant().minus(LATELY))
                                .andContains("short_description", "Teams Room"),
                        NEWEST,
                        FIELDS);
        return verdict(ours, mentions, instance.user());
    }

    static List<Finding> verdict(List<Map<String, String>> ours, List<Map<String, String>> mentions, String user) {
        List<Finding> findings = new ArrayList<>();
        counted(ours.stream().filter(row -> row.get("correlation_id").startsWith("rb-")), "sys_created_by")
                .keySet()
                .stream()
                .filter(author -> !author.equalsIgnoreCase(user))
                .map(author -> Finding.amber(
                        "incidents of a Roombridge were created by " + author,
                        "only by " + user,
                        "stop the second bridge; if it was this one under an earlier user, or if they were taken over"
                                + " (adoptions lists them), leave it"))
                .forEach(findings::add);
        counted(ours.stream().filter(row -> row.get("active").equals("true")), "correlation_id").entrySet().stream()
                .filter(ticket -> ticket.getValue() > 1)
                .map(ticket -> Finding.amber(
                        ticket.getValue() + " active incidents have the correlation_id " + ticket.getKey(),
                        "one: a second bridge may write to this instance",
                        "see that only one bridge serves a tenant; reconcile names what to do with the others"))
                .forEach(findings::add);
        counted(mentions.stream().filter(row -> !row.get("correlation_id").startsWith("rb-")), "sys_created_by")
                .entrySet()
                .stream()
                .filter(author ->
                        author.getValue() >= A_HABIT && !author.getKey().equalsIgnoreCase(user))
                .map(author -> Finding.amber(
                        author.getKey() + " created " + author.getValue()
                                + " incidents about Teams Rooms in the last 7 days, beside the bridge",
                        "one integration for a room, or each signal has two tickets",
                        "if it is Microsoft's own integration, switch it off for these rooms (Teams Rooms Pro Management ›"
                                + " Settings › ServiceNow); import takes its incidents over (docs/operations.md)"))
                .forEach(findings::add);
        return findings.isEmpty() ? List.of(Finding.green("nobody else writes tickets for these rooms")) : findings;
    }

    private static Map<String, Long> counted(Stream<Map<String, String>> rows, String field) {
        return rows.collect(Collectors.groupingBy(row -> row.get(field), TreeMap::new, Collectors.counting()));
    }
}
