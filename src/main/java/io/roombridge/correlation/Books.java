package io.roombridge.correlation;

import org.jdbi.v3.core.Jdbi;

/**
 * All that one process reads and writes in the store, each book a few tables (design, section 3.2).
 *
 * @param tickets the tickets, what was decided about them, and what still has to happen
 * @param facts what the portal states about rooms and devices
 * @param life when this store began, and since when it knows everything
 * @param heard the journal entries and files of ServiceNow that were seen
 * @param activities who said or did something on a ticket last
 * @param outbox the commands for the portal
 * @param cursors how far each instance is read
 * @param letters the dead letters and what is parked behind them
 * @param closings warnings, closings and the brake
 * @param responses the first responses of the service
 * @param reconciliations reports of comparisons
 * @param recreation what a rebuild writes
 * @param files the files on their way
 * @param copies the files that are on both sides
 * @param releases which mapping files somebody answers for
 * @param recent the tickets that something happened to of late
 * @param pauses the directions that a person stopped
 * @param mutes what a person silenced for a time
 * @param audit who changed how the bridge acts
 * @param places in which room each device stands
 * @param purge what has outlived its use
 * @param adoptions the incidents of another integration that are taken over
 */
public record Books(
        CorrelationStore tickets,
        RoomFactBook facts,
        StoreLife life,
        HeardEntries heard,
        Activities activities,
        PortalOutbox outbox,
        PollCursors cursors,
        DeadLetterBook letters,
        ClosingBook closings,
        FirstResponses responses,
        Reconciliations reconciliations,
        Recreation recreation,
        FileJobs files,
        FileCopies copies,
        MappingReleases releases,
        RecentEvents recent,
        Pauses pauses,
        Mutes mutes,
        Audit audit,
        DevicePlaces places,
        Purge purge,
        Adoptions adoptions) {

    /** The books of one database, with the cache of its tickets. */
    public static Books of(Jdbi jdbi, TicketCache cache) {
        return new Books(
                new CorrelationStore(jdbi, cache),
                new RoomFactBook(jdbi),
                new StoreLife(jdbi),
                new HeardEntries(jdbi),
                new Activities(jdbi),
                new PortalOutbox(jdbi),
                new PollCursors(jdbi),
                new DeadLetterBook(jdbi),
                new ClosingBook(jdbi),
                new FirstResponses(jdbi),
                new Reconciliations(jdbi),
                new Recreation(jdbi),
                new FileJobs(jdbi),
                new FileCopies(jdbi),
                new MappingReleases(jdbi),
                new RecentEvents(jdbi),
                new Pauses(jdbi),
                new Mutes(jdbi),
                new Audit(jdbi),
                new DevicePlaces(jdbi),
                new Purge(jdbi, cache),
                new Adoptions(jdbi));
    }
}
