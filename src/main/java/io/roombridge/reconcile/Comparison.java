package io.roombridge.reconcile;

import io.roombridge.reconcile.Finding.Kind;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.Appointment;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One ticket against its incident. Pure: it says what differs, and changes nothing. */
public final class Comparison {

    /** What is younger is on its way: a look, a sweep, a hold-down. */
    static final Duration ON_ITS_WAY = Duration.ofMinutes(15);

    private static final Duration LONG_HEALTHY = Duration.ofHours(24);
    private static final Duration SNAPSHOT_TAKES = Duration.ofHours(1);

    private Comparison() {}

    /**
     * What the store remembers of an incident.
     *
     * @param heard sys_ids of the entries that were heard
     * @param offered sys_ids of the files that were offered, or brought by the bridge
     * @param busy whether a write of the bridge is under way
     */
    public record Remembered(Ticket ticket, Incident incident, Set<String> heard, Set<String> offered, boolean busy) {}

    /** What the instance shows of it. */
    public record Shown(IncidentRecord incident, List<JournalEntry> journal, List<FileRecord> files) {

        /** The same, with the incident as it was read again. */
        Shown with(IncidentRecord again) {
            return new Shown(again, journal, files);
        }
    }

    /**
     * @param user the integration user's name
     * @param now by the instance's clock
     */
    public static List<Finding> of(Remembered remembered, Shown shown, String user, Instant now) {
        List<Finding> findings = new ArrayList<>();
        state(remembered, shown, now).ifPresent(findings::add);
        long unheard = shown.journal().stream()
                .filter(entry -> !remembered.heard().contains(entry.sysId()))
                .filter(entry -> !entry.fromDisplay())
                .filter(entry -> settled(entry.createdOn(), now))
                .count();
        if (unheard > 0) {
            findings.add(finding(Kind.COMMENT_UNHEARD, remembered, unheard == 1 ? "1 entry" : unheard + " entries"));
        }
        shown.files().stream()
                .filter(file -> !remembered.offered().contains(file.sysId()))
                .filter(file -> !file.createdBy().equalsIgnoreCase(user))
                .filter(file -> settled(file.createdOn(), now))
                .forEach(file -> findings.add(finding(Kind.FILE_UNCOPIED, remembered, file.name())));
        healthyButOpen(remembered, shown, now).ifPresent(findings::add);
        return findings;
    }

    /** Resolved and unhealthy is agreed (design, section 3.7): only what the incident shows and the store says is compared. */
    private static Optional<Finding> state(Remembered remembered, Shown shown, Instant now) {
        IncidentState recorded = remembered.incident().state();
        IncidentState present = shown.incident().state().orElse(IncidentState.IN_PROGRESS);
        boolean quiet = !remembered.busy() && settled(shown.incident().updatedOn(), now);
        return quiet && recorded != present
                ? Optional.of(finding(Kind.STATE_DRIFT, remembered, recorded + " in the store, " + present + " there"))
                : Optional.empty();
    }

    private static Optional<Finding> healthyButOpen(Remembered remembered, Shown shown, Instant now) {
        Ticket ticket = remembered.ticket();
        boolean nobodysAndNew = shown.incident().assignedTo().isEmpty()
                && shown.incident().state().filter(IncidentState.NEW::equals).isPresent();
        boolean waiting = ticket.appointments().containsKey(Appointment.RECOVERY)
                || ticket.silence().isPresent()
                || ticket.rebuilt().isPresent();
        boolean longHealthy = !ticket.unhealthy()
                && ticket.conditionSince().plus(LONG_HEALTHY).isBefore(now);
        return nobodysAndNew && longHealthy && !waiting
                ? Optional.of(finding(Kind.HEALTHY_BUT_OPEN, remembered, "healthy since " + ticket.conditionSince()))
                : Optional.empty();
    }

    /** An unhealthy signal without an incident, unless a stated rule holds it back. */
    public static Optional<Finding> withoutIncident(Ticket ticket, Instant now) {
        boolean wanted = ticket.unhealthy()
                && ticket.chain().isEmpty()
                && ticket.heldBack().isEmpty()
                && ticket.conditionSince().plus(ON_ITS_WAY).isBefore(now);
        return wanted
                ? Optional.of(new Finding(
                        Kind.UNHEALTHY_WITHOUT_INCIDENT,
                        ticket.instance(),
                        "",
                        ticket.id().value(),
                        "unhealthy since " + ticket.conditionSince()))
                : Optional.empty();
    }

    /** @param askedAt when the portal was last asked to list its open tickets, and performed it */
    public static Optional<Finding> unlisted(Ticket ticket, Optional<Instant> askedAt, Instant now) {
        boolean silent = ticket.unhealthy()
                && ticket.hasActiveIncident()
                && askedAt.filter(at -> ticket.portalAt().isBefore(at))
                        .filter(at -> at.plus(SNAPSHOT_TAKES).isBefore(now))
                        .isPresent();
        return silent
                ? Optional.of(new Finding(
                        Kind.NOT_IN_SNAPSHOT,
                        ticket.instance(),
                        ticket.current().map(Incident::number).orElse(""),
                        ticket.id().value(),
                        "last heard of " + ticket.portalAt()))
                : Optional.empty();
    }

    private static boolean settled(Optional<Instant> at, Instant now) {
        return at.filter(time -> time.plus(ON_ITS_WAY).isBefore(now)).isPresent();
    }

    private static Finding finding(Kind kind, Remembered remembered, String detail) {
        return new Finding(
                kind,
                remembered.ticket().instance(),
                remembered.incident().number(),
                remembered.ticket().id().value(),
                detail);
    }
}
