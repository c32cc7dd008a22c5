package io.roombridge.correlation;

import java.time.Instant;
import java.util.Optional;

/**
 * The last reading of an incident: what it showed, and which version of it that was.
 *
 * @param modCount the value of {@code sys_mod_count}; says something only together with {@code updatedOn}
 * @param updatedOn the value of {@code sys_updated_on}, to the second; empty where it was unreadable, or not recorded yet
 */
public record DeskReading(DeskView view, int modCount, Optional<Instant> updatedOn) {}
