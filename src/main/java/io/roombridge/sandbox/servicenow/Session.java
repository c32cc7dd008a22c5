package io.roombridge.sandbox.servicenow;

import java.time.Instant;

/** Who acts and when: what every write is signed with. */
record Session(User user, Instant now) {

    String time() {
        return SysTime.of(now);
    }
}
