package io.roombridge.mapping;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The mappings that make tickets now. Another version takes their place as a whole: whatever is made of an event is made
 * by the files of one version.
 */
public final class MappingsInForce {

    private final AtomicReference<MappingVersion> version;

    public MappingsInForce(MappingVersion version) {
        this.version = new AtomicReference<>(version);
    }

    /** The mapping of a tenant now. Whoever needs more than one thing of it asks once. */
    public Mappings of(String tenant) {
        return version.get().of(tenant);
    }

    public MappingVersion version() {
        return version.get();
    }

    /** From now on this one. */
    public void put(MappingVersion next) {
        version.set(next);
    }
}
