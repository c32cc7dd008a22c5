package io.roombridge.correlation;

import io.roombridge.files.FilePolicy.Direction;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Which contents the bridge brought where, so that no file is sent back to where it came from: neither the copy itself,
 * known by its sys_id, nor its content, known by its hash on the same incident.
 */
public final class FileCopies {

    private final Jdbi jdbi;

    public FileCopies(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Whether the other side has this content from the bridge, so that the file offered is only its echo. */
    public boolean isEcho(FileOffer offer, String sha256) {
        return jdbi.withHandle(handle -> isEcho(handle, offer, sha256));
    }

    /** Whether a file in ServiceNow is the copy that some job made. */
    public boolean knows(String instance, String sysId) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from file_copy where instance = ? and sys_id = ?")
                                .bind(0, instance)
                                .bind(1, sysId)
                                .mapTo(Integer.class)
                                .one()
                        > 0);
    }

    /** The hash of what a job let leave. */
    public Optional<String> hashOf(FileJob job) {
        return jdbi.withHandle(handle -> handle.createQuery("select sha256 from file_copy where job = ?")
                .bind(0, job.id())
                .mapTo(String.class)
                .findOne());
    }

    static boolean isEcho(Handle handle, FileOffer offer, String sha256) {
        return offer.direction() == Direction.TO_PORTAL
                ? broughtToServiceNow(handle, offer, sha256)
                : broughtToPortal(handle, offer, sha256);
    }

    private static boolean broughtToServiceNow(Handle handle, FileOffer offer, String sha256) {
        return handle.createQuery("select count(*) from file_copy where instance = ? and incident = ?"
                                + " and origin = 'PORTAL' and (sys_id = ? or sha256 = ?)")
                        .bind(0, offer.instance())
                        .bind(1, offer.incident())
                        .bind(2, offer.sourceId())
                        .bind(3, sha256)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static boolean broughtToPortal(Handle handle, FileOffer offer, String sha256) {
        return handle.createQuery("select count(*) from file_copy where tenant = ? and instance = ? and ticket_id = ?"
                                + " and origin = 'SERVICENOW' and sha256 = ?")
                        .bind(0, offer.tenant())
                        .bind(1, offer.instance())
                        .bind(2, offer.ticket().value())
                        .bind(3, sha256)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Written with the step that lets the content leave, and again with its result. */
    static void record(Handle handle, FileCopy copy) {
        FileOffer offer = copy.job().offer();
        boolean fromPortal = offer.direction() == Direction.TO_SERVICENOW;
        String sysId = fromPortal ? copy.job().remoteId().orElse(null) : offer.sourceId();
        int rows = handle.createUpdate("update file_copy set sha256 = ?, sys_id = ? where job = ?")
                .bind(0, copy.sha256())
                .bind(1, sysId)
                .bind(2, copy.job().id())
                .execute();
        if (rows == 0) {
            handle.createUpdate("insert into file_copy (job, instance, tenant, ticket_id, incident, origin, sha256,"
                            + " sys_id) values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .bind(0, copy.job().id())
                    .bind(1, offer.instance())
                    .bind(2, offer.tenant())
                    .bind(3, offer.ticket().value())
                    .bind(4, offer.incident())
                    .bind(5, fromPortal ? "PORTAL" : "SERVICENOW")
                    .bind(6, copy.sha256())
                    .bind(7, sysId)
                    .execute();
        }
    }
}
