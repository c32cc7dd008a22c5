package io.roombridge.servicenow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An incident as it is read before and after it is closed for inactivity.
 *
 * @param ties what forbids closing it, in words: a linked problem, an open child, …
 * @param journal its newest comments and work notes, newest first; empty where the journal may not be read
 * @param files its newest files, newest first
 * @param serverTime by the instance's clock, when the first of the readings was answered
 */
public record ClosingView(
        IncidentRecord incident,
        List<String> ties,
        List<JournalEntry> journal,
        List<FileEntry> files,
        Optional<Instant> serverTime) {

    public ClosingView {
        ties = List.copyOf(ties);
        journal = List.copyOf(journal);
        files = List.copyOf(files);
    }

    /** A file of the incident: who attached it, and when. */
    public record FileEntry(String sysId, String createdBy, Optional<Instant> createdOn) {}
}
