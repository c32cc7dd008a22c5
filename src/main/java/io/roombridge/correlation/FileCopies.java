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
        return jdbi.withHandle(handle -> knows(handle, instance, sysId));
    }

    static boolean knows(Handle handle, String instance, String sysId) {
        return handle.createQuery("select count(*) from file_copy where instance = ? and sys_id = ?")
                        .bind(0, instance)
                        .bind(1, sysId)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** The hash of what a job let leave. */
    public Optional<String> hashOf(FileJob job) {
        return jdbi.withHandle(handle -> handle.createQuery("select sha256 from file_copy where job = ?")
                .bind(0, job.id())
                .mapTo(String.class)
                .findOne());
    }

    /**
     * The copy that a rebuild found in ServiceNow without knowing which of the portal's files it is: it is this job's, if
     * the content is. Taken once, so two files with the same content have two copies.
     *
     * @param sha256 of the job's content, where that is known before it is fetched; otherwise name and size have to be the
     *     same
     * @return the sys_id of the copy; the same again for a job that has one already
     */
    public Optional<String> adopt(FileJob job, Optional<String> sha256, String name) {
        return jdbi.inTransaction(handle -> {
            Optional<String> own = handle.createQuery(
                            "select sys_id from file_copy where job = ? and sys_id is not null")
                    .bind(0, job.id())
                    .mapTo(String.class)
                    .findOne();
            return own.or(() -> rebuilt(handle, job, sha256, name).map(copy -> take(handle, job, copy)));
        });
    }

    private record Rebuilt(long job, String sysId) {}

    private static Optional<Rebuilt> rebuilt(Handle handle, FileJob job, Optional<String> sha256, String name) {
        return handle.createQuery("select c.job, c.sys_id from file_copy c join file_job j on j.id = c.job"
                        + " where j.tenant = :tenant and j.instance = :instance and j.ticket_id = :ticket"
                        + " and j.direction = 'TO_SERVICENOW' and j.source_id like 'rebuilt:%'"
                        + (sha256.isPresent() ? " and c.sha256 = :sha256" : " and j.name = :name and j.size = :size")
                        + " order by c.job limit 1")
                .bind("tenant", job.offer().tenant())
                .bind("instance", job.offer().instance())
                .bind("ticket", job.offer().ticket().value())
                .bind("sha256", sha256.orElse(""))
                .bind("name", name)
                .bind("size", job.offer().size())
                .map((row, context) -> new Rebuilt(row.getLong("job"), row.getString("sys_id")))
                .findFirst();
    }

    private static String take(Handle handle, FileJob job, Rebuilt copy) {
        handle.execute("delete from file_copy where job = ?", job.id());
        handle.execute("update file_copy set job = ? where job = ?", job.id(), copy.job());
        handle.execute("delete from file_job where id = ?", copy.job());
        return copy.sysId();
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
