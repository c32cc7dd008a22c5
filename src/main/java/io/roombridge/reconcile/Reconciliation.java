package io.roombridge.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.reconcile.Finding.Kind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one comparison found.
 *
 * @param at by the bridge's clock
 * @param incidents how many were compared
 * @param repaired whether what is safe was handed to the ordinary paths
 * @param unread instances that did not answer, or whose journals are hidden; nothing is known of them
 */
public record Reconciliation(Instant at, int incidents, boolean repaired, List<Finding> findings, List<String> unread) {

    /** How often each difference was found, in the order of the kinds. */
    public Map<Kind, Integer> counts() {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        findings.forEach(finding -> counts.merge(finding.kind(), 1, Integer::sum));
        return counts;
    }

    /** Whether nothing waits for a person. */
    public boolean clean() {
        return unread.isEmpty()
                && findings.stream()
                        .allMatch(finding -> repaired && finding.kind().safe());
    }

    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", at.toString())
                .put("incidents", incidents)
                .put("repaired", repaired)
                .put("clean", clean());
        ObjectNode counts = json.putObject("counts");
        counts().forEach((kind, count) -> counts.put(kind.label(), count));
        findings.forEach(finding -> json.withArray("findings")
                .addObject()
                .put("kind", finding.kind().label())
                .put("safe", finding.kind().safe())
                .put("instance", finding.instance())
                .put("incident", finding.number())
                .put("ticket", finding.ticket())
                .put("detail", finding.detail())
                .put("meaning", finding.kind().meaning()));
        unread.forEach(instance -> json.withArray("unread").add(instance));
        return json;
    }
}
