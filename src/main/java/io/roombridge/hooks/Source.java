package io.roombridge.hooks;

import io.roombridge.config.HooksSettings.Takes;
import io.roombridge.ops.AccessToken;
import java.util.List;

/**
 * A sender with a secret of its own.
 *
 * @param tenants it may speak of; {@code *} for every one
 */
public record Source(String name, Takes takes, AccessToken token, List<String> tenants) {

    private static final String EVERY = "*";

    /** Whether it may speak of a tenant, written in any case. */
    public boolean speaksOf(String tenant) {
        return tenants.stream().anyMatch(one -> one.equals(EVERY) || one.equalsIgnoreCase(tenant.strip()));
    }
}
