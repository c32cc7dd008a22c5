package io.roombridge.eventhubs;

import com.azure.messaging.eventhubs.models.Checkpoint;
import io.roombridge.correlation.UniqueKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {@code hub_checkpoint}. */
final class CheckpointRows {

    static final String KEY =
            "namespace = :namespace and hub = :hub and consumer_group = :group" + " and partition_id = :partition";

    private CheckpointRows() {}

    static List<Checkpoint> list(Handle handle, String namespace, String hub, String consumerGroup) {
        HubPartition any = new HubPartition(namespace, hub, consumerGroup, "");
        return handle.createQuery("select partition_id, sequence_number, position_offset from hub_checkpoint"
                        + " where namespace = :namespace and hub = :hub and consumer_group = :group")
                .bind("namespace", any.namespace())
                .bind("hub", any.hub())
                .bind("group", any.consumerGroup())
                .map((row, context) -> new Checkpoint()
                        .setFullyQualifiedNamespace(any.namespace())
                        .setEventHubName(any.hub())
                        .setConsumerGroup(any.consumerGroup())
                        .setPartitionId(row.getString("partition_id"))
                        .setSequenceNumber(row.getLong("sequence_number"))
                        .setOffsetString(row.getString("position_offset")))
                .list();
    }

    static Optional<Long> find(Handle handle, HubPartition partition) {
        return bind(handle.createQuery("select sequence_number from hub_checkpoint where " + KEY), partition)
                .mapTo(Long.class)
                .findOne();
    }

    /** Returns false if a higher sequence number is kept already. */
    static boolean advance(Handle handle, Checkpoint checkpoint) {
        HubPartition partition = Checkpoints.partition(checkpoint);
        long sequence = Checkpoints.sequence(checkpoint);
        Optional<String> offset = Checkpoints.offset(checkpoint);
        return raise(handle, partition, sequence, offset)
                || insert(handle, partition, sequence, offset)
                // Another process may have inserted the row in between.
                || raise(handle, partition, sequence, offset);
    }

    static boolean rewind(Handle handle, HubPartition partition, OptionalLong after) {
        bind(handle.createUpdate("delete from hub_checkpoint where " + KEY), partition)
                .execute();
        return after.isEmpty() || insert(handle, partition, after.getAsLong(), Optional.empty());
    }

    private static boolean raise(Handle handle, HubPartition partition, long sequence, Optional<String> offset) {
        return bind(
                                handle.createUpdate("update hub_checkpoint set sequence_number = :sequence,"
                                        + " position_offset = :offset, written_at = current_timestamp where " + KEY
                                        + " and sequence_number <= :sequence"),
                                partition)
                        .bind("sequence", sequence)
                        .bind("offset", offset.orElse(null))
                        .execute()
                == 1;
    }

    private static boolean insert(Handle handle, HubPartition partition, long sequence, Optional<String> offset) {
        return UniqueKey.tryInsert(bind(
                        handle.createUpdate("insert into hub_checkpoint (namespace, hub, consumer_group, partition_id,"
                                + " sequence_number, position_offset, written_at) values (:namespace, :hub, :group,"
                                + " :partition, :sequence, :offset, current_timestamp)"),
                        partition)
                .bind("sequence", sequence)
                .bind("offset", offset.orElse(null)));
    }

    static <S extends SqlStatement<S>> S bind(S statement, HubPartition partition) {
        return statement
                .bind("namespace", partition.namespace())
                .bind("hub", partition.hub())
                .bind("group", partition.consumerGroup())
                .bind("partition", partition.id());
    }
}
