/**
 * The contract with the portal's relay: events read from the hub are decoded into changes, commands are encoded for it
 * (docs/events.md, docs/schemas). JSON and CloudEvents end here; the rest of the bridge sees changes only.
 */
package io.roombridge.portal;
