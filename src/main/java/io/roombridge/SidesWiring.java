package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.conversation.PortalAuthor;
import io.roombridge.mapping.MappingsInForce;
import io.roombridge.portal.PortalEvents;
import io.roombridge.route.Clocks;
import io.roombridge.route.Commands;
import io.roombridge.route.Desk;
import io.roombridge.route.Desks;
import io.roombridge.route.PortalText;
import io.roombridge.route.Sides;
import io.roombridge.servicenow.CallListener;
import io.roombridge.servicenow.ImaginedIncidents;
import io.roombridge.servicenow.ServiceNowGateway;
import io.roombridge.servicenow.SqlSharedLimits;
import io.roombridge.trace.Tracing;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;
import org.jdbi.v3.core.Jdbi;

/** From the settings to the two sides: the instances of ServiceNow, the portal, and the mappings between them. */
final class SidesWiring {

    private SidesWiring() {}

    static Sides of(
            Settings settings,
            Closings closings,
            CamelContext camel,
            PortalEvents events,
            Jdbi jdbi,
            String node,
            CallListener calls,
            Tracing tracing,
            Clocks clocks) {
        MappingsInForce mappings = new MappingsInForce(MappingWiring.start(settings));
        Settings.Portal portal = settings.portal();
        PortalText words = new PortalText(
                mappings,
                new PortalAuthor(portal.author(), portal.names() == Settings.Portal.Names.DISPLAY),
                portal.longestMessage());
        return new Sides(
                desks(settings, closings, camel, jdbi, node, calls, clocks),
                events,
                new Commands(settings.portal().commands() == Settings.Portal.Commands.HUB, clocks.world(), tracing),
                mappings,
                words);
    }

    /** How the portal is told, if it is. */
    static Commands commands(Settings settings, Clock clock) {
        return new Commands(
                Settings.Mode.writes(settings) && settings.portal().commands() == Settings.Portal.Commands.HUB, clock);
    }

    /** In shadow mode what would be written stays here. */
    private static Optional<ImaginedIncidents> imagined(Settings settings, Jdbi jdbi, String name, Clock world) {
        String user = settings.instances().get(name).user().orElseThrow();
        return Settings.Mode.writes(settings)
                ? Optional.empty()
                : Optional.of(new ImaginedIncidents(jdbi, name, user, world, UUID::randomUUID));
    }

    /** The instances of the settings, each with a gateway of its own that is closed with the rest. */
    static Desks desks(
            Settings settings,
            Closings closings,
            CamelContext camel,
            Jdbi jdbi,
            String node,
            CallListener calls,
            Clocks clocks) {
        Clock machine = clocks.machine();
        Map<String, Desk> byTenant = new HashMap<>();
        settings.instances().forEach((name, instance) -> {
            ServiceNowGateway gateway = closings.onClose(
                    "instance " + name,
                    new ServiceNowGateway(
                            camel,
                            InstanceWiring.of(name, instance),
                            machine,
                            () -> ThreadLocalRandom.current().nextDouble(),
                            new SqlSharedLimits(jdbi, InstanceWiring.of(name, instance), node),
                            calls,
                            imagined(settings, jdbi, name, clocks.world())));
            Desk desk = new Desk(
                    name,
                    gateway,
                    instance.user().orElseThrow(),
                    instance.closeCodes(),
                    instance.quietCloseCodes(),
                    machine,
                    calls);
            instance.tenants().forEach(tenant -> byTenant.put(tenant.toLowerCase(Locale.ROOT), desk));
        });
        return new Desks(byTenant);
    }
}
