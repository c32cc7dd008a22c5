package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.models.PartitionOwnership;
import io.roombridge.correlation.UniqueKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code hub_ownership}; the ETag of the SDK is the row's version. */
final class OwnershipRows {

    private static final String KEY =
            "namespace = :namespace and hub = :hub and consumer_group = :group" + " and partition_id = :partition";

    private OwnershipRows() {}

    static List<PartitionOwnership> list(Handle handle, String namespace, String hub, String consumerGroup) {
        HubPartition any = new HubPartition(namespace, hub, consumerGroup, "");
        return handle.createQuery("select partition_id, owner_id, version, modified_at from hub_ownership"
                        + " where namespace = :namespace and hub = :hub and consumer_group = :group")
                .bind("namespace", any.namespace())
                .bind("hub", any.hub())
                .bind("group", any.consumerGroup())
                .map((row, context) -> read(row, any))
                .list();
    }

    /** Returns what is owned now; empty if the row was claimed by another in the meantime. */
    static Optional<PartitionOwnership> claim(Handle handle, PartitionOwnership request) {
        HubPartition partition = new HubPartition(
                request.getFullyQualifiedNamespace(),
                request.getEventHubName(),
                request.getConsumerGroup(),
                request.getPartitionId());
        boolean first = request.getETag() == null || request.getETag().isEmpty();
        boolean claimed = first
                ? insert(handle, partition, request.getOwnerId())
                : update(handle, partition, request.getOwnerId(), Long.parseLong(request.getETag()));
        return claimed ? Optional.of(find(handle, partition)) : Optional.empty();
    }

    private static boolean insert(Handle handle, HubPartition partition, String owner) {
        return UniqueKey.tryInsert(CheckpointRows.bind(
                        handle.createUpdate("insert into hub_ownership (namespace, hub, consumer_group, partition_id,"
                                + " owner_id, version, modified_at) values (:namespace, :hub, :group, :partition,"
                                + " :owner, 1, current_timestamp)"),
                        partition)
                .bind("owner", owner));
    }

    private static boolean update(Handle handle, HubPartition partition, String owner, long version) {
        return CheckpointRows.bind(
                                handle.createUpdate("update hub_ownership set owner_id = :owner, version = version + 1,"
                                        + " modified_at = current_timestamp where " + CheckpointRows.KEY
                                        + " and version = :version"),
                                partition)
                        .bind("owner", owner)
                        .bind("version", version)
                        .execute()
                == 1;
    }

    private static PartitionOwnership find(Handle handle, HubPartition partition) {
        return CheckpointRows.bind(
                        handle.createQuery(
                                "select partition_id, owner_id, version, modified_at from hub_ownership where "
                                        + CheckpointRows.KEY),
                        partition)
                .map((row, context) -> read(row, partition))
                .one();
    }

    private static PartitionOwnership read(ResultSet row, HubPartition partition) throws SQLException {
        return new PartitionOwnership()
                .setFullyQualifiedNamespace(partition.namespace())
                .setEventHubName(partition.hub())
                .setConsumerGroup(partition.consumerGroup())
                .setPartitionId(row.getString("partition_id"))
                .setOwnerId(row.getString("owner_id"))
                .setETag(Long.toString(row.getLong("version")))
                .setLastModifiedTime(row.getObject("modified_at", OffsetDateTime.class)
                        .toInstant()
                        .toEpochMilli());
    }
}
