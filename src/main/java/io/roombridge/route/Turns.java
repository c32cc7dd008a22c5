package io.roombridge.route;

import io.roombridge.closing.Activity;
import io.roombridge.correlation.Activities;
import io.roombridge.correlation.DeskReading;
import io.roombridge.correlation.HeardEntry;
import io.roombridge.correlation.TicketActivity;
import io.roombridge.route.PassOn.Passed;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Ticket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Notices in what was read of an incident whose turn it may be now: who wrote, and what somebody changed. */
final class Turns {

    /** ServiceNow's user for mails whose sender it does not know. */
    private static final String UNKNOWN_SENDER = "guest";

    private final Activities activities;
    private final Clock clock;

    Turns(Activities activities, Clock clock) {
        this.activities = activities;
        this.clock = clock;
    }

    /**
     * What is committed with the reading.
     *
     * @param reading the reading, where it is of another version of the incident than the one before
     */
    record Noticed(List<TicketActivity> activities, Optional<DeskReading> reading) {

        boolean nothing() {
            return activities.isEmpty() && reading.isEmpty();
        }
    }

    /** @param busy a write of the bridge is under way, so nobody can say yet whose the incident's state is */
    Noticed noticed(
            Desk desk,
            Ticket ticket,
            IncidentRecord read,
            List<JournalEntry> fresh,
            List<Passed> passed,
            List<FileRecord> files,
            boolean busy) {
        List<Activity> facts = new ArrayList<>(attached(desk, ticket, read, files));
        for (int i = 0; i < fresh.size(); i++) {
            JournalEntry entry = fresh.get(i);
            HeardEntry heard = passed.get(i).entry();
            boolean comment = heard.origin() == HeardEntry.Origin.PERSON && heard.comment();
            DeskActivity.entry(heard, comment && byCustomer(desk, read, entry)).ifPresent(facts::add);
        }
        if (busy) {
            return new Noticed(recorded(ticket, facts), Optional.empty());
        }
        Optional<DeskReading> before = activities.reading(desk.name(), read.sysId());
        DeskReading last = DeskActivity.reading(desk.name(), read);
        facts.addAll(DeskActivity.changes(known(ticket, read), before, read, clock.instant()));
        return new Noticed(recorded(ticket, facts), Optional.of(last).filter(one -> !before.equals(Optional.of(one))));
    }

    /** A file is shown at every look for a while, so those that are known are left out. */
    private List<Activity> attached(Desk desk, Ticket ticket, IncidentRecord read, List<FileRecord> files) {
        List<Activity> found = files.stream()
                .filter(file -> !file.createdBy().equalsIgnoreCase(desk.user()))
                .flatMap(file -> file.createdOn().stream()
                        .map(at -> DeskActivity.file(file.sysId(), at, isCaller(desk, read, file.createdBy()))))
                .toList();
        if (found.isEmpty()) {
            return List.of();
        }
        Set<String> known = activities.of(ticket).stream().map(Activity::id).collect(Collectors.toUnmodifiableSet());
        return found.stream().filter(file -> !known.contains(file.id())).toList();
    }

    /** Where only a display name is known, the writer may be the customer: then the SOC has the ball. */
    private static boolean byCustomer(Desk desk, IncidentRecord read, JournalEntry entry) {
        return entry.fromDisplay()
                || entry.createdBy().equalsIgnoreCase(UNKNOWN_SENDER)
                || isCaller(desk, read, entry.createdBy());
    }

    private static boolean isCaller(Desk desk, IncidentRecord read, String userName) {
        return !read.callerId().isEmpty()
                && desk.userId(userName).filter(read.callerId()::equals).isPresent();
    }

    private List<TicketActivity> recorded(Ticket ticket, List<Activity> facts) {
        return facts.stream()
                .map(fact -> new TicketActivity(ticket.tenant(), ticket.instance(), ticket.id(), fact, clock.instant()))
                .toList();
    }

    private static Incident known(Ticket ticket, IncidentRecord read) {
        return ticket.chain().stream()
                .filter(incident -> incident.sysId().equals(read.sysId()))
                .findFirst()
                .orElseThrow();
    }
}
