package io.roombridge;

import com.azure.messaging.eventhubs.models.Checkpoint;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import io.roombridge.correlation.StoreLife;
import io.roombridge.eventhubs.HubPartition;
import io.roombridge.eventhubs.RewindableCheckpoints;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Lets the hub be read again from an earlier place (design, section 3.1). Nothing is applied twice: what was applied is in
 * the ledger. Going forward is refused, because it would skip events.
 */
@Command(
        name = "rewind",
        mixinStandardHelpOptions = true,
        description = {
            "Read the portal's events again, from the earliest one that the hub keeps or from a given place.",
            "The bridge has to be stopped. What was applied before is known and changes nothing."
        })
final class RewindCommand implements Callable<Integer> {

    @Option(names = "--partition", paramLabel = "ID", description = "Only this partition (default: all).")
    private Optional<String> partition = Optional.empty();

    @Option(
            names = "--after",
            paramLabel = "SEQUENCE",
            description = "The sequence number of the last event that is not read again; needs --partition."
                    + " Without it everything that the hub keeps is read.")
    private Optional<Long> after = Optional.empty();

    @Option(names = "--dry-run", description = "Only show where each partition is.")
    private boolean dryRun;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (after.isPresent() && partition.isEmpty()) {
            throw refused("--after is the place in one partition: name it with --partition");
        }
        rewind(options.read(), Clock.systemUTC().instant());
        return 0;
    }

    private void rewind(Settings settings, Instant now) {
        Closings closings = new Closings();
        try {
            Database database = closings.onClose("database", OpenStore.ofStoppedBridge(settings, now));
            RewindableCheckpoints checkpoints = HubWiring.checkpoints(settings, closings, database);
            List<Checkpoint> chosen = chosen(checkpoints, HubWiring.partition(settings, ""));
            chosen.forEach(this::refuseToSkip);
            if (!dryRun) {
                // Before the places: a crash between them costs searches, never a second incident.
                new StoreLife(Jdbi.create(database.dataSource())).rewound(now);
            }
            for (Checkpoint one : chosen) {
                if (!dryRun) {
                    checkpoints.rewind(HubWiring.partition(settings, one.getPartitionId()), place());
                }
                tell(one);
            }
        } finally {
            closings.close(null);
        }
    }

    private List<Checkpoint> chosen(RewindableCheckpoints checkpoints, HubPartition hub) {
        List<Checkpoint> all = checkpoints
                .listCheckpoints(hub.namespace(), hub.hub(), hub.consumerGroup())
                .sort((a, b) -> a.getPartitionId().compareTo(b.getPartitionId()))
                .collectList()
                .block();
        List<Checkpoint> chosen = all.stream()
                .filter(one -> partition.map(one.getPartitionId()::equals).orElse(true))
                .toList();
        if (chosen.isEmpty()) {
            throw refused("no checkpoint "
                    + partition.map(id -> "of partition " + id + " ").orElse("") + "of "
                    + hub.hub() + ", consumer group " + hub.consumerGroup() + ": it is read from the earliest event"
                    + " anyway; known partitions: "
                    + all.stream().map(Checkpoint::getPartitionId).toList());
        }
        return chosen;
    }

    private void refuseToSkip(Checkpoint one) {
        after.filter(sequence -> sequence > one.getSequenceNumber()).ifPresent(sequence -> {
            throw refused("--after=" + sequence + ": partition " + one.getPartitionId() + " is at "
                    + one.getSequenceNumber() + ", and going forward would lose what lies between");
        });
        after.filter(sequence -> sequence < 0).ifPresent(sequence -> {
            throw refused("--after=" + sequence + ": expected a sequence number, at least 0");
        });
    }

    private OptionalLong place() {
        return after.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private void tell(Checkpoint one) {
        String to = dryRun
                ? ""
                : after.map(sequence -> ", reads on after " + sequence)
                        .orElse(", reads on from the earliest event that the hub keeps");
        PrintWriter out = spec.commandLine().getOut();
        out.println("partition " + one.getPartitionId() + ": finished up to " + one.getSequenceNumber() + to);
        out.flush();
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
