package io.roombridge.route;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which ServiceNow instance serves which tenant. */
public final class Desks {

    /** In place of a tenant: all that no other instance names. */
    public static final String ANY = "*";

    private final Map<String, Desk> byTenant;

    /** @param byTenant normalised tenant ids; {@code *} for all the others */
    public Desks(Map<String, Desk> byTenant) {
        this.byTenant = Map.copyOf(byTenant);
    }

    /** The instance that serves a tenant. */
    public Optional<Desk> serving(String tenant) {
        return Optional.ofNullable(byTenant.getOrDefault(tenant, byTenant.get(ANY)));
    }

    /** Every instance once. */
    public List<Desk> all() {
        return byTenant.values().stream()
                .distinct()
                .sorted(Comparator.comparing(Desk::name))
                .toList();
    }

    /** The instance of that name, as stored with a ticket. */
    Optional<Desk> named(String instance) {
        return byTenant.values().stream()
                .filter(desk -> desk.name().equals(instance))
                .findFirst();
    }
}
