package io.roombridge.servicenow;

import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of incidents (Attachment API). Contents stream between disk and wire, over an endpoint of their own with two
 * workers and a time limit for whole transfers, so that a large file neither fills the memory nor keeps records waiting.
 * Each method makes one call (a list one for each page) and throws {@link ServiceNowFailure} as the gateway does;
 * repeating is the caller's business.
 */
public final class IncidentFiles {

    /** How many may be carried at the same time. */
    public static final int WORKERS = 2;

    /** More would make too long a URL (design, section 3.4). */
    private static final int INCIDENTS_A_QUERY = 60;

    private static final int PAGE = 500;

    private final Calls records;
    private final Calls transfers;

    /** @param transfers for contents; everything else is a small call like any other */
    IncidentFiles(Calls records, Calls transfers) {
        this.records = records;
        this.transfers = transfers;
    }

    /**
     * The files of these incidents, oldest first for each sixty of them; without thumbnails and inline pictures.
     *
     * @param from only files created then or later, by the instance's clock
     */
    public List<FileRecord> list(List<String> incidents, Instant from) {
        List<FileRecord> found = new ArrayList<>();
        for (int start = 0; start < incidents.size(); start += INCIDENTS_A_QUERY) {
            List<String> some = incidents.subList(start, Math.min(incidents.size(), start + INCIDENTS_A_QUERY));
            some.forEach(SysId::required);
            list(some, from, found);
        }
        return found;
    }

    private void list(List<String> incidents, Instant from, List<FileRecord> found) {
        Query query = Query.where("table_name", FileRecord.INCIDENT_TABLE)
                .andIn("table_sys_id", incidents)
                .andFrom("sys_created_on", from)
                .orderBy("sys_created_on")
                .orderBy("sys_id");
        List<Map<?, ?>> page;
        int offset = 0;
        do {
            page = records.records(FileRequests.list(incidents, query, PAGE, offset));
            if (!page.stream().allMatch(row -> FileRecord.isOfIncident(row, incidents))) {
                throw untrustworthy();
            }
            page.stream().map(FileRecord::of).forEach(found::add);
            offset += PAGE;
        } while (page.size() == PAGE);
    }

    /** One file's description; empty when it is not there, or this user may not see it. */
    public Optional<FileRecord> find(String sysId) {
        try {
            FileRecord file = FileRecord.of(records.record(FileRequests.describe(sysId)));
            if (!file.sysId().equals(sysId)) {
                throw ServiceNowFailure.unexpected(false, "the answer is not the file that was asked for");
            }
            return Optional.of(file);
        } catch (ServiceNowFailure failure) {
            if (failure.reason() == Reason.RECORD_GONE) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /**
     * Attaches a file to an incident.
     *
     * @param name a safe file name; ServiceNow keeps it as it is
     * @param type a media type; anything else becomes {@code application/octet-stream}
     * @return the file as the instance keeps it, with its size and hash
     */
    public FileRecord upload(String incident, String name, String type, Path file) {
        FileRecord made = FileRecord.of(transfers.record(FileRequests.upload(incident, name, type, file)));
        if (!SysId.isSysId(made.sysId()) || !made.incident().equals(incident)) {
            throw ServiceNowFailure.unexpected(true, "the answer to the upload is not the file that was uploaded");
        }
        return made;
    }

    /**
     * Brings a file's content to disk, hashing it on the way.
     *
     * @param maxBytes a longer content is refused while it comes in
     */
    public Received download(String sysId, Path into, long maxBytes) {
        return transfers.download(FileRequests.download(sysId, into, maxBytes));
    }

    /** Deletes a file; one that is not there counts as deleted. */
    public void delete(String sysId) {
        try {
            records.done(FileRequests.delete(sysId));
        } catch (ServiceNowFailure failure) {
            if (failure.reason() != Reason.RECORD_GONE) {
                throw failure;
            }
        }
    }

    private static ServiceNowFailure untrustworthy() {
        return new ServiceNowFailure(
                Reason.REFUSED_BY_ACL,
                Optional.of(Scope.INSTANCE),
                200,
                false,
                Optional.empty(),
                "the instance returned files that were not asked for; let the integration user read and query"
                        + " table_name and table_sys_id of sys_attachment",
                null);
    }
}
