package io.roombridge.sandbox.eventhubs;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code $management} node of one connection: tells what a hub and its partitions look like. The Java client
 * insists on the exact class of each value (facts/eventhubs.md §3.5).
 */
final class Management implements RequestLink.Node {

    private static final String HUB = "com.microsoft:eventhub";
    private static final String PARTITION = "com.microsoft:partition";
    /** A hub's age interests nobody here; the same at every start. */
    private static final Date CREATED_AT = new Date(0);

    private final Namespace namespace;
    private final Cbs cbs;

    Management(Namespace namespace, Cbs cbs) {
        this.namespace = namespace;
        this.cbs = cbs;
    }

    @Override
    public RequestLink.Answer answer(RequestLink.Request request) throws Refusal {
        EntityPath path = EntityPath.of(request.property("name") + "/$management");
        if (request.property("security_token").isEmpty()) {
            cbs.requireToken(path);
        } else {
            namespace.tokens().check(request.property("security_token"), path);
        }
        if (!request.property("operation").equals("READ")) {
            throw Refusal.notImplemented("$management only knows the operation READ.");
        }
        Hub hub = namespace.hub(request.property("name"));
        return switch (request.property("type")) {
            case HUB -> ok(describe(hub));
            case PARTITION -> ok(describe(hub.partition(request.property("partition"))));
            default -> throw Refusal.notImplemented("$management only knows the types " + HUB + " and " + PARTITION);
        };
    }

    private static RequestLink.Answer ok(Map<String, Object> values) {
        return new RequestLink.Answer(200, "OK", values);
    }

    private static Map<String, Object> describe(Hub hub) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("type", HUB);
        values.put("name", hub.name());
        values.put("created_at", CREATED_AT);
        values.put("partition_count", hub.partitions().size());
        values.put("partition_ids", hub.partitions().stream().map(Partition::id).toArray(String[]::new));
        values.put("georeplication_factor", 1);
        return values;
    }

    private static Map<String, Object> describe(Partition partition) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("type", PARTITION);
        values.put("name", partition.hub());
        values.put("partition", partition.id());
        values.put("begin_sequence_number", partition.begin());
        values.put("last_enqueued_sequence_number", partition.end() - 1);
        values.put("last_enqueued_offset", Long.toString(partition.lastOffset()));
        values.put("last_enqueued_time_utc", new Date(partition.lastEnqueuedTime()));
        values.put("is_partition_empty", partition.isEmpty());
        return values;
    }
}
