/**
 * Which ticket is which incident, and what became of every change: one truth in SQL, with Hazelcast in front of it as a
 * cache (shared design, section 3.2). Nothing here talks to another system.
 */
package io.roombridge.correlation;
