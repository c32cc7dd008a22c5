package io.roombridge.rebuild;

import io.roombridge.correlation.Intent;
import io.roombridge.correlation.Recreated;
import io.roombridge.servicenow.IncidentRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a rebuild found, in numbers and as a list of what a person should look at. */
public final class Report {

    private final Map<String, Counts> byInstance = new TreeMap<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private Optional<Instant> oldest = Optional.empty();

    /** Of one instance. */
    private static final class Counts {
        private int incidents;
        private int created;
        private int updated;
        private int entries;
        private int writes;
        private int files;
    }

    void add(String instance, List<Found> incidents, boolean known, Recreate.Result result) {
        Counts counts = byInstance.computeIfAbsent(instance, name -> new Counts());
        counts.incidents += incidents.size();
        doubts.addAll(result.doubts());
        result.found().ifPresent(found -> {
            counts.created += known ? 0 : 1;
            counts.updated += known ? 1 : 0;
            count(counts, found);
            incidents.stream()
                    .map(Found::incident)
                    .flatMap(incident -> created(incident).stream())
                    .forEach(at ->
                            oldest = Optional.of(oldest.filter(at::isAfter).orElse(at)));
        });
    }

    private static void count(Counts counts, Recreated found) {
        counts.entries += found.heard().size();
        counts.writes += (int) found.written().stream()
                .map(Intent::bodyHash)
                .filter(Optional::isPresent)
                .count();
        counts.files += found.files().size();
    }

    private static Optional<Instant> created(IncidentRecord incident) {
        return incident.createdOn();
    }

    /** When the first incident of the bridge was made. */
    Optional<Instant> oldest() {
        return oldest;
    }

    public List<Doubt> doubts() {
        return List.copyOf(doubts);
    }

    /** Whether nothing waits for a person. */
    public boolean certain() {
        return doubts.stream().noneMatch(doubt -> doubt.kind().serious());
    }

    public int tickets() {
        return byInstance.values().stream()
                .mapToInt(counts -> counts.created + counts.updated)
                .sum();
    }

    /** How many of the tickets the store knew before. */
    public int known() {
        return byInstance.values().stream().mapToInt(counts -> counts.updated).sum();
    }

    public void print(PrintWriter out) {
        out.printf(
                "%-16s %10s %12s %12s %12s %12s %8s%n",
                "instance", "incidents", "new tickets", "known", "own writes", "entries", "files");
        byInstance.forEach((name, counts) -> out.printf(
                "%-16s %10d %12d %12d %12d %12d %8d%n",
                name, counts.incidents, counts.created, counts.updated, counts.writes, counts.entries, counts.files));
        doubts.forEach(doubt -> out.println((doubt.kind().serious() ? "look: " : "note: ") + doubt.number() + " "
                + doubt.kind().meaning()));
        out.flush();
    }
}
