package io.roombridge.mapping;

/** The occasions on which fields of an incident are written, each with the mapping file that makes them. */
public enum IncidentWrite {
    CREATE("incident-create.jslt"),
    /** A new incident for a ticket whose last one is closed: the same file, told apart by {@code .bridge.previous}. */
    FOLLOW_UP("incident-create.jslt"),
    UPDATE("incident-update.jslt"),
    RESOLVE("incident-resolve.jslt"),
    REOPEN("incident-reopen.jslt");

    private final String file;

    IncidentWrite(String file) {
        this.file = file;
    }

    public String file() {
        return file;
    }

    /** Whether the write makes a new incident; only such a write may set what is set once (design, section 3.7). */
    public boolean creates() {
        return this == CREATE || this == FOLLOW_UP;
    }
}
