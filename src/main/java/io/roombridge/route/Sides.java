package io.roombridge.route;

import io.roombridge.mapping.MappingsInForce;
import io.roombridge.portal.PortalEvents;

/**
 * The two sides and how one is said to the other.
 *
 * @param desks ServiceNow, by tenant
 * @param events how the portal's events are read
 * @param commands how the portal is told
 * @param mappings what a ticket looks like
 * @param words what the portal is told in words
 */
public record Sides(Desks desks, PortalEvents events, Commands commands, MappingsInForce mappings, PortalText words) {}
