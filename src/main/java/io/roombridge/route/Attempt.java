package io.roombridge.route;

import java.time.Instant;
import java.util.Optional;

/**
 * The how-manieth time an event is presented.
 *
 * @param number from 1
 * @param firstAt when it was presented first, by the machine's clock
 * @param arrival where it was read; empty for a dead letter that is tried again
 * @param crowded whether its instance holds more than half of the window, so that it must not wait there
 */
public record Attempt(int number, Instant firstAt, Optional<Arrival> arrival, boolean crowded) {}
