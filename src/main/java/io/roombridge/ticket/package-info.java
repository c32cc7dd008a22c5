/**
 * The language of the bridge: what a ticket is, what can change, and what becomes of a change. Values and pure rules only:
 * no Camel, no JSON, no I/O (shared design, section 2).
 */
package io.roombridge.ticket;
