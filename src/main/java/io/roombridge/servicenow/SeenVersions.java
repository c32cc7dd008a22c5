package io.roombridge.servicenow;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which versions of incidents were handled, so that what the overlap reads again is not handled again. A memory aid, not
 * a proof: it forgets the oldest beyond its size and everything with a restart, and then a version is handled once more.
 *
 * <p>Not safe for several threads; each poll has its own.
 */
public final class SeenVersions {

    private record Version(String sysId, Optional<Instant> updatedOn, int modCount) {}

    private final Map<Version, Boolean> seen;

    /** @param size how many versions are remembered; enough for what changes within an overlap */
    public SeenVersions(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("the memory holds " + size + " versions; expected at least 1");
        }
        seen = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Version, Boolean> eldest) {
                return size() > size;
            }
        };
    }

    /** Whether this version was not handled yet, as far as is remembered. */
    public boolean isNew(IncidentRecord incident) {
        return !seen.containsKey(version(incident));
    }

    /** After the version was handled and what came of it is safe; a deferred one is not remembered. */
    public void remember(IncidentRecord incident) {
        seen.put(version(incident), Boolean.TRUE);
    }

    private static Version version(IncidentRecord incident) {
        return new Version(incident.sysId(), incident.updatedOn(), incident.modCount());
    }
}
