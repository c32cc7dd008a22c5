/**
 * An embedded ServiceNow: a real HTTP server on loopback that keeps the contract of a ServiceNow instance (Table,
 * Attachment, Batch and Aggregate API, basic authentication and OAuth), with the desk's people, faults to switch on,
 * and a record of every request. It imports nothing of the bridge, so that it cannot test the bridge with itself.
 *
 * <p>Reading order: {@code EmbeddedServiceNow} (what one can do with it), {@code HttpFace} and {@code Api} (the way of
 * a request), {@code TableApi}, {@code Records} (the way of a write), {@code Incidents} (the rules of an incident).
 */
package io.roombridge.sandbox.servicenow;
