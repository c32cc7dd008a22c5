/**
 * When a ticket that waits for its customer may close: business calendars, the count of business days and its explanation
 * in plain words (shared design, section 3.6; docs/closing.md). Pure rules: no clock, no Camel, no I/O besides the tables
 * on the class path.
 */
package io.roombridge.closing;
