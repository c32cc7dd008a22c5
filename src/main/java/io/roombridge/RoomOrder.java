package io.roombridge;

import com.azure.messaging.eventhubs.EventData;
import io.roombridge.config.Settings.Instance;
import io.roombridge.eventhubs.OrderKeys;
import io.roombridge.portal.PortalEvents;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Events are ordered by the room they are about ({@code partitionkey}, which begins with the tenant). Where several instances of
 * ServiceNow share a hub, each holds half of a window at most (design, section 3.1).
 */
final class RoomOrder implements OrderKeys {

    private static final String ANY = "*";

    private final PortalEvents events;
    private final Map<String, String> instanceOf = new HashMap<>();
    private final boolean shared;

    RoomOrder(PortalEvents events, Map<String, Instance> instances) {
        this.events = events;
        this.shared = instances.size() > 1;
        instances.forEach((name, instance) ->
                instance.tenants().forEach(tenant -> instanceOf.put(tenant.toLowerCase(Locale.ROOT), name)));
    }

    @Override
    public Set<String> of(EventData event) {
        return events.orderKeys(event.getBody(), Optional.ofNullable(event.getContentType()), event.getProperties());
    }

    /** Nobody for a batch of several instances: it can be set aside by none of them alone. */
    @Override
    public Optional<String> holder(Set<String> keys) {
        Set<String> instances = keys.stream().map(this::instance).collect(Collectors.toSet());
        return shared && instances.size() == 1
                ? Optional.of(instances.iterator().next())
                : Optional.empty();
    }

    private String instance(String key) {
        String tenant = key.split("\\|", 2)[0].strip().toLowerCase(Locale.ROOT);
        return instanceOf.getOrDefault(tenant, instanceOf.getOrDefault(ANY, ""));
    }
}
