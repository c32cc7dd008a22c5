package io.roombridge.route;

import java.time.Instant;

/**
 * The how-manieth time an event is presented.
 *
 * @param number from 1
 * @param firstAt when it was presented first, by the machine's clock
 */
public record Attempt(int number, Instant firstAt) {}
