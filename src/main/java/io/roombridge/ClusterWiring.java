package io.roombridge;

import io.roombridge.config.ClusterSettings;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Cluster;
import io.roombridge.correlation.Duties;
import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.log.Recurring;
import io.roombridge.route.InboxProgress;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the settings to what the nodes of a cluster have together. */
final class ClusterWiring {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWiring.class);

    /** The routes that run on one node at a time, by their ids. */
    static final List<String> DUTIES = List.of(
            "servicenow-changes",
            "appointments",
            "adoption",
            "gathered",
            "files",
            "inactivity",
            "dead-letters",
            "reconcile",
            "retention",
            "self-watch",
            "outage-mail",
            HooksWiring.DUTY);

    private ClusterWiring() {}

    static Cluster member(Settings settings, Jdbi jdbi) {
        return settings.cluster().join() == ClusterSettings.Join.ALONE
                ? Cluster.alone(
                        jdbi,
                        "roombridge-"
                                + Integer.toHexString(
                                        settings.dataDir().toAbsolutePath().hashCode()))
                : Cluster.join(jdbi, settings.cluster());
    }

    static Duties duties(Settings settings, Jdbi jdbi, String node) {
        return Duties.start(jdbi, node, DUTIES, settings.cluster().lease());
    }

    /**
     * Whether what the hub and the inbox are known to hold has been read, by whichever node. The hub itself is asked: what
     * was delivered here says nothing of a partition that is not claimed yet, or whose first event is still on its way.
     */
    static BooleanSupplier caughtUp(RoombridgeEventHubsComponent hub, InboxProgress inbox) {
        Recurring asking = new Recurring(LOG);
        return () -> {
            try {
                // Both are asked, because each notes how far it has to come by the next time.
                boolean caughtUp = hub.finishedWhatItHeld() & inbox.finishedWhatItHeld();
                asking.over("hub").log("it is known again whether the hub is read");
                return caughtUp;
            } catch (RuntimeException e) {
                asking.failed("hub").addKeyValue("why", e.getMessage()).log("it is not known whether the hub is read");
                return false;
            }
        };
    }
}
