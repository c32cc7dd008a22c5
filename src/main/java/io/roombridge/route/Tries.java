package io.roombridge.route;

import java.time.Duration;

/**
 * How long something that fails while others succeed is tried before it is kept for a person (design, section 3.1).
 *
 * @param attempts that many failures of its own in a row, or
 * @param within that much time since the first of them
 */
public record Tries(int attempts, Duration within) {}
