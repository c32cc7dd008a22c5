package io.roombridge.correlation;

import java.time.Instant;

/**
 * An incident that has to be heard again, because a letter about it was given back.
 *
 * @param incident its sys_id
 * @param at when it was asked for, by the bridge's clock
 */
public record LookAgain(String instance, String incident, Instant at) {}
