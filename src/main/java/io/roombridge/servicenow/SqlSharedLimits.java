package io.roombridge.servicenow;

import io.roombridge.correlation.UniqueKey;
import io.roombridge.ticket.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Jdbi;

/**
 * {@link SharedLimits} as rows of the store that the nodes share ({@code instance_standing}, {@code instance_budget}).
 *
 * <p>In the steady state a call costs no SQL: a row that was read is believed for a second, an answer is noted three times
 * a minute, and calls of the hour are set aside in portions.
 */
public final class SqlSharedLimits implements SharedLimits {

    private static final Duration BELIEVED = Duration.ofSeconds(1);
    private static final Duration PROVE_AGAIN = Standing.PROOF_LASTS.dividedBy(3);
    private static final int LONGEST_DETAIL = 2000;

    private final Jdbi jdbi;
    private final String instance;
    private final String credential;
    private final String node;
    private volatile Standing seen;
    private Instant seenAt = Instant.MIN;

    /** @param node names this process among those that share the store */
    public SqlSharedLimits(Jdbi jdbi, InstanceSettings settings, String node) {
        this.jdbi = jdbi;
        this.instance = settings.name();
        this.credential = settings.credentials().mark();
        this.node = node;
        this.seen = Standing.unknown(credential);
        prepare();
    }

    private void prepare() {
        jdbi.useHandle(handle -> {
            UniqueKey.tryInsert(handle.createUpdate("insert into instance_standing (instance, credential,"
                            + " refused_logins, paused_until, reason, detail, try_by, try_until, proven_at)"
                            + " values (:instance, :credential, 0, :epoch, 'UNAVAILABLE', '', '', :epoch, :epoch)")
                    .bind("instance", instance)
                    .bind("credential", credential)
                    .bind("epoch", at(Instant.EPOCH)));
            UniqueKey.tryInsert(handle.createUpdate(
                            "insert into instance_budget (instance, window_end, reserved) values (:instance, :epoch, 0)")
                    .bind("instance", instance)
                    .bind("epoch", at(Instant.EPOCH)));
        });
    }

    @Override
    public synchronized Optional<ServiceNowFailure> admit(boolean mayTry, Instant now) {
        Standing standing = standing(now);
        return switch (standing.course(credential, now)) {
            case FREE -> Optional.empty();
            case WAIT -> Optional.of(standing.refusal(now));
            case TRY -> mayTry && claim(now) ? Optional.empty() : Optional.of(waitForTheTry(now));
        };
    }

    /** May be a second old, whatever it says: nothing leaves by it. */
    @Override
    public synchronized Optional<ServiceNowFailure> refusal(Instant now) {
        Standing standing = believed(now) ? seen : look(now);
        return standing.course(credential, now) == Standing.Course.WAIT
                ? Optional.of(standing.refusal(now))
                : Optional.empty();
    }

    private ServiceNowFailure waitForTheTry(Instant now) {
        return Standing.unknown(credential).refusal(now);
    }

    private Standing standing(Instant now) {
        return believed(now) && seen.course(credential, now) == Standing.Course.FREE ? seen : look(now);
    }

    private boolean believed(Instant now) {
        return !seenAt.isAfter(now) && now.isBefore(seenAt.plus(BELIEVED));
    }

    private Standing look(Instant now) {
        seen = jdbi.withHandle(
                handle -> handle.createQuery("select * from instance_standing where instance = :instance")
                        .bind("instance", instance)
                        .map((row, context) -> read(row))
                        .one());
        seenAt = now;
        return seen;
    }

    /** Of all nodes one gets it; other credentials than those known begin anew. */
    private boolean claim(Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate("update instance_standing set try_by = :node,"
                                + " try_until = :until, refused_logins = case when credential = :credential then"
                                + " refused_logins else 0 end, paused_until = case when credential = :credential then paused_until"
                                + " else :epoch end, credential = :credential where instance = :instance and"
                                + " (credential <> :credential or (try_until <= :now and paused_until <= :now))")
                        .bind("node", node)
                        .bind("until", at(now.plus(Standing.LONGEST_TRY)))
                        .bind("credential", credential)
                        .bind("epoch", at(Instant.EPOCH))
                        .bind("instance", instance)
                        .bind("now", at(now))
                        .execute()
                == 1);
    }

    @Override
    public Optional<Reason> troubled(Instant now) {
        return seen.troubled(credential, now);
    }

    @Override
    public synchronized void answered(Instant now) {
        boolean known = now.isBefore(seen.provenAt().plus(PROVE_AGAIN)) && seen.refusedLogins() == 0;
        if (!known) {
            jdbi.useHandle(handle -> handle.createUpdate("update instance_standing set proven_at = :now,"
                            + " refused_logins = 0, try_until = :epoch where instance = :instance"
                            + " and credential = :credential and paused_until <= :now")
                    .bind("now", at(now))
                    .bind("epoch", at(Instant.EPOCH))
                    .bind("instance", instance)
                    .bind("credential", credential)
                    .execute());
            seenAt = Instant.MIN;
        }
    }

    @Override
    public synchronized void abandoned(Instant now) {
        if (seen.course(credential, now) != Standing.Course.FREE) {
            jdbi.useHandle(handle -> handle.createUpdate(
                            "update instance_standing set try_until = :epoch where instance = :instance and try_by = :node")
                    .bind("epoch", at(Instant.EPOCH))
                    .bind("instance", instance)
                    .bind("node", node)
                    .execute());
        }
    }

    @Override
    public synchronized int refusedLogins(Instant now) {
        seenAt = Instant.MIN;
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("update instance_standing set refused_logins = refused_logins + 1, proven_at = :epoch"
                            + " where instance = :instance and credential = :credential")
                    .bind("epoch", at(Instant.EPOCH))
                    .bind("instance", instance)
                    .bind("credential", credential)
                    .execute();
            return handle.createQuery("select refused_logins from instance_standing where instance = :instance")
                    .bind("instance", instance)
                    .mapTo(Integer.class)
                    .one();
        });
    }

    /** The longer of two pauses stays. Too many calls say nothing against the login. */
    @Override
    public synchronized void pause(ServiceNowFailure why, Duration pause, Instant now) {
        seenAt = Instant.MIN;
        String unproven =
                why.reason() == Reason.RATE_LIMITED ? "proven_at" : "cast(:epoch as timestamp with time zone)";
        jdbi.useHandle(handle -> handle.createUpdate("update instance_standing set paused_until = :until,"
                        + " reason = :reason, detail = :detail, proven_at = " + unproven + ", try_until = :epoch"
                        + " where instance = :instance and credential = :credential and paused_until < :until")
                .bind("until", at(now.plus(pause)))
                .bind("reason", why.reason().name())
                .bind(
                        "detail",
                        why.detail()
                                .substring(
                                        0, Math.min(LONGEST_DETAIL, why.detail().length())))
                .bind("epoch", at(Instant.EPOCH))
                .bind("instance", instance)
                .bind("credential", credential)
                .execute());
    }

    /** One node after the other: the row is locked until the transaction ends. */
    @Override
    public Hour reserve(int calls, Hour known, Instant now) {
        Optional<Instant> told = Optional.of(known.end()).filter(end -> known.told() && now.isBefore(end));
        return jdbi.inTransaction(handle -> {
            Hour hour = handle.createQuery("select * from instance_budget where instance = :instance for update")
                    .bind("instance", instance)
                    .map((row, context) -> hour(row))
                    .one()
                    .at(now, told)
                    .reserving(calls, known.limit());
            handle.createUpdate("update instance_budget set hour_number = :number, window_end = :end, end_told = :told,"
                            + " reserved = :reserved, hourly_limit = :limit where instance = :instance")
                    .bind("number", hour.number())
                    .bind("end", at(hour.end()))
                    .bind("told", hour.told())
                    .bind("reserved", hour.reserved())
                    .bind("limit", hour.limit().orElse(0))
                    .bind("instance", instance)
                    .execute();
            return hour;
        });
    }

    private static Hour hour(ResultSet row) throws SQLException {
        int limit = row.getInt("hourly_limit");
        return new Hour(
                row.getLong("hour_number"),
                instant(row, "window_end"),
                row.getBoolean("end_told"),
                row.getInt("reserved"),
                limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit));
    }

    private static Standing read(ResultSet row) throws SQLException {
        return new Standing(
                row.getString("credential"),
                row.getInt("refused_logins"),
                instant(row, "paused_until"),
                Reason.valueOf(row.getString("reason")),
                row.getString("detail"),
                instant(row, "try_until"),
                instant(row, "proven_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
