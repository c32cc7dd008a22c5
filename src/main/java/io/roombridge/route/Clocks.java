package io.roombridge.route;

import java.time.Clock;

/**
 * The two times the bridge lives in. In production they are the same; a simulation moves them apart.
 *
 * @param world of the people and rooms it serves: holds down, ages, closes
 * @param machine of the process: retries, intents, leases
 */
public record Clocks(Clock world, Clock machine) {}
