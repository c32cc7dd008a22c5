/**
 * The outside world on one machine: an embedded Event Hubs endpoint, an embedded ServiceNow and a simulated campus, on
 * loopback only. Imports nothing of the bridge, because it is what the bridge is checked against (shared design,
 * section 5).
 */
package io.roombridge.sandbox;
