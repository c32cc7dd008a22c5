package io.roombridge;

import io.roombridge.config.BadConfiguration;
import io.roombridge.config.Fingerprint;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Activation;
import io.roombridge.correlation.Audit;
import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.correlation.StoreLife;
import io.roombridge.portal.PortalCommand.Request;
import io.roombridge.route.Commands;
import io.roombridge.route.Desks;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a start in shadow mode, or the first one in live mode, means for the store (docs/operations.md, "Going live"). */
final class GoingLive {

    private static final Logger LOG = LoggerFactory.getLogger(GoingLive.class);

    private final StoreLife life;
    private final Activation activation;
    private final Audit audit;

    GoingLive(StoreLife life, Activation activation, Audit audit) {
        this.audit = audit;
        this.life = life;
        this.activation = activation;
    }

    /**
     * @param now by the bridge's clock
     * @throws BadConfiguration for shadow mode on a store that was live: what happened meanwhile would be missing in ServiceNow
     */
    void begin(Settings settings, Desks desks, Commands commands, Instant now) {
        boolean writes = Settings.Mode.writes(settings);
        if (!writes) {
            refuseTheWayBack();
        }
        tell(settings, now);
        if (writes) {
            if (life.activated().isEmpty()) {
                activate(settings, desks, commands, now);
            }
            return;
        }
        life.shadowed(now);
        LOG.atWarn()
                .addKeyValue("setting", "roombridge.mode=shadow")
                .log("everything is decided and recorded; nothing is written to ServiceNow or the portal");
    }

    private void refuseTheWayBack() {
        life.activated().ifPresent(since -> {
            throw new BadConfiguration(
                    List.of(
                            new BadConfiguration.Fault(
                                    "roombridge.mode",
                                    "shadow",
                                    "this bridge has been live since " + since
                                            + ": what happens in shadow mode would be missing in"
                                            + " ServiceNow afterwards; pause it instead (pause), or name another roombridge.data-dir")));
        });
    }

    /** With the same settings as the start before or others: what a reviewer asks first. */
    private void tell(Settings settings, Instant now) {
        String mode = Settings.Mode.writes(settings) ? "live" : "shadow";
        audit.started(now, mode, Fingerprint.of(settings), Fingerprint.ofEach(settings));
    }

    private void activate(Settings settings, Desks desks, Commands commands, Instant now) {
        Set<String> tenants = new TreeSet<>(activation.tenants());
        settings.instances().values().stream()
                .flatMap(instance -> instance.tenants().stream())
                .filter(tenant -> !tenant.equals(Desks.ANY))
                .map(tenant -> tenant.toLowerCase(Locale.ROOT))
                .forEach(tenants::add);
        List<OutgoingCommand> asking = tenants.stream()
                .flatMap(tenant -> desks.serving(tenant).stream()
                        .flatMap(desk -> commands
                                .ofTenant(
                                        tenant,
                                        desk.name(),
                                        Commands.snapshot(desk.name(), now),
                                        new Request.SnapshotRequest())
                                .stream()))
                .toList();
        activation
                .activate(now, asking)
                .ifPresent(seen -> LOG.atInfo()
                        .addKeyValue("count", seen)
                        .addKeyValue("tenant", tenants)
                        .log("the bridge is activated; what is open in the portal is taken over"));
    }
}
