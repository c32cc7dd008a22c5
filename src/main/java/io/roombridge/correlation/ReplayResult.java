package io.roombridge.correlation;

import java.time.Instant;

/**
 * What came of trying a letter again.
 *
 * @param settled false when it is dead again, or kept, or waits once more
 * @param said for the record of what was done with it
 */
public record ReplayResult(KeptLetter of, boolean settled, String said, Instant at) {}
