package io.roombridge;

import com.azure.core.amqp.AmqpRetryOptions;
import io.roombridge.config.HubSettings;
import io.roombridge.config.Secret;
import io.roombridge.config.Secrets;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import io.roombridge.eventhubs.Backoff;
import io.roombridge.eventhubs.BlobCheckpoints;
import io.roombridge.eventhubs.CommandHubComponent;
import io.roombridge.eventhubs.HubPartition;
import io.roombridge.eventhubs.HubTransport;
import io.roombridge.eventhubs.HubVisit;
import io.roombridge.eventhubs.ReadingListener;
import io.roombridge.eventhubs.ReadingSettings;
import io.roombridge.eventhubs.RewindableCheckpoints;
import io.roombridge.eventhubs.RoombridgeEventHubsComponent;
import io.roombridge.eventhubs.SqlCheckpointStore;
import io.roombridge.portal.PortalEvents;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.component.azure.eventhubs.CredentialType;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the settings of the hubs to the components that read events and send commands. */
final class HubWiring {

    private static final Logger LOG = LoggerFactory.getLogger(HubWiring.class);

    private static final String EVENTS = "azure-eventhubs";
    private static final String COMMANDS = "azure-eventhubs-commands";

    /** One try to send, of three at most; what is not accepted stays in the outbox. */
    private static final Duration TRY_WITHIN = Duration.ofSeconds(10);

    private static final Duration SEND_WITHIN = Duration.ofSeconds(30);

    private HubWiring() {}

    /** The component that reads events at least once. */
    static RoombridgeEventHubsComponent events(
            Settings settings,
            Closings closings,
            Database database,
            PortalEvents events,
            ReadingListener listener,
            Clock machine) {
        RoombridgeEventHubsComponent hub = new RoombridgeEventHubsComponent(
                reading(settings), new RoomOrder(events, settings.instances()), listener, machine);
        hub.getConfiguration().setCheckpointStore(checkpoints(settings, closings, database));
        connect(hub, settings.hub());
        return hub;
    }

    /** Gives the routes their two hubs. */
    static void bind(Main camel, Settings settings, RoombridgeEventHubsComponent hub) {
        camel.addInitialProperty(
                "roombridge.portal-events",
                hubAddress(EVENTS, settings.hub(), settings.hub().events()));
        camel.bind(EVENTS, hub);
        addCommands(camel, settings);
    }

    static ReadingSettings reading(Settings settings) {
        HubSettings hub = settings.hub();
        ReadingSettings defaults = ReadingSettings.DEFAULTS;
        return new ReadingSettings(
                hub.loadBalancingInterval(),
                hub.ownershipExpiry(),
                defaults.prefetch(),
                hub.window(),
                Math.max(defaults.span(), hub.window()),
                hub.parallel(),
                defaults.checkpointEvery(),
                defaults.checkpointWithin(),
                hub.drain(),
                new Backoff(settings.retry().first(), settings.retry().longest()),
                defaults.jitterSeed());
    }

    /** Where the reading positions of the hub are kept. */
    static RewindableCheckpoints checkpoints(Settings settings, Closings closings, Database database) {
        HubSettings.Checkpoints checkpoints = settings.hub().checkpoints();
        if (checkpoints.store() == HubSettings.Checkpoints.Kind.SQL) {
            return closings.onClose("checkpoints", new SqlCheckpointStore(database.dataSource()));
        }
        Secret storage = Secrets.read(
                        "roombridge.hub.checkpoints.blob-connection-string",
                        checkpoints.blobConnectionString(),
                        checkpoints.blobConnectionStringFile())
                .orElseThrow();
        return BlobCheckpoints.in(storage.reveal(), checkpoints.blobContainer());
    }

    /** The hub of events as its checkpoints name it, with a partition of it. */
    static HubPartition partition(Settings settings, String id) {
        HubSettings hub = settings.hub();
        Optional<String> given = Secrets.read(
                        "roombridge.hub.connection-string", hub.connectionString(), hub.connectionStringFile())
                .map(Secret::reveal);
        String namespace = given.map(text -> part(text, "endpoint"))
                .map(endpoint -> URI.create(endpoint).getHost())
                .orElseGet(() -> hub.namespace().orElseThrow());
        String name = given.map(text -> part(text, "entitypath")).orElse(hub.events());
        return new HubPartition(namespace, name, hub.consumerGroup(), id);
    }

    /** A part of a connection string; null without it. */
    private static String part(String connectionString, String key) {
        return Arrays.stream(connectionString.split(";"))
                .map(String::strip)
                .filter(part -> part.toLowerCase(Locale.ROOT).startsWith(key + "="))
                .map(part -> part.substring(key.length() + 1))
                .findFirst()
                .orElse(null);
    }

    /** By a connection string, or by the Azure identity of the machine where only the namespace is given. */
    private static void connect(RoombridgeEventHubsComponent component, HubSettings hub) {
        address(component.getConfiguration(), hub);
        component.transport(transport(hub));
    }

    private static void address(EventHubsConfiguration configuration, HubSettings hub) {
        configuration.setConsumerGroupName(hub.consumerGroup());
        Optional<Secret> given =
                Secrets.read("roombridge.hub.connection-string", hub.connectionString(), hub.connectionStringFile());
        if (given.isPresent()) {
            configuration.setConnectionString(namingHub(given.get().reveal(), hub.events()));
        } else {
            configuration.setCredentialType(CredentialType.AZURE_IDENTITY);
        }
    }

    /** For whoever only asks: the hub of events. */
    static HubVisit visitEvents(HubSettings hub) {
        EventHubsConfiguration configuration = new EventHubsConfiguration();
        address(configuration, hub);
        configuration.setNamespace(namespace(hub));
        configuration.setEventHubName(hub.events());
        return new HubVisit(configuration, transport(hub));
    }

    /** For whoever only asks: the hub of commands. */
    static HubVisit visitCommands(HubSettings hub) {
        return new HubVisit(commands(hub).getConfiguration(), transport(hub));
    }

    /** Camel's own component under a name of its own, because commands may need another connection string than events. */
    private static void addCommands(Main camel, Settings settings) {
        HubSettings hub = settings.hub();
        boolean none = settings.portal().commands() == Settings.Portal.Commands.NONE;
        if (none || !Settings.Mode.writes(settings)) {
            LOG.atWarn()
                    .addKeyValue("setting", none ? "roombridge.portal.commands=none" : "roombridge.mode=shadow")
                    .log("nothing is told to the portal");
            camel.addInitialProperty("roombridge.portal-commands", "log:io.roombridge.portal-commands?level=WARN");
            return;
        }
        camel.bind(COMMANDS, commands(hub));
        camel.addInitialProperty("roombridge.portal-commands", hubAddress(COMMANDS, hub, hub.commands()));
    }

    static CommandHubComponent commands(HubSettings hub) {
        CommandHubComponent component = new CommandHubComponent(transport(hub), SEND_WITHIN);
        Optional<Secret> own = Secrets.read(
                "roombridge.hub.commands-connection-string",
                hub.commandsConnectionString(),
                hub.commandsConnectionStringFile());
        Optional<Secret> given = own.or(() ->
                Secrets.read("roombridge.hub.connection-string", hub.connectionString(), hub.connectionStringFile()));
        EventHubsConfiguration configuration = component.getConfiguration();
        if (given.isPresent()) {
            configuration.setConnectionString(forHub(given.get().reveal(), hub.commands()));
        } else {
            configuration.setCredentialType(CredentialType.AZURE_IDENTITY);
            configuration.setNamespace(namespace(hub));
            configuration.setEventHubName(hub.commands());
        }
        configuration.setAmqpRetryOptions(
                new AmqpRetryOptions().setMaxRetries(2).setTryTimeout(TRY_WITHIN));
        return component;
    }

    private static HubTransport transport(HubSettings hub) {
        if (hub.transport() == HubSettings.Transport.AMQP) {
            return HubTransport.PLAIN;
        }
        return hub.proxy()
                .map(address -> HubTransport.through(
                        socket(address),
                        hub.proxyUser(),
                        Secrets.read("roombridge.hub.proxy-password", hub.proxyPassword(), hub.proxyPasswordFile())
                                .map(Secret::reveal)
                                .orElse("")))
                .orElseGet(HubTransport::webSockets);
    }

    /** Unresolved: the name is looked up anew for each connection. */
    static InetSocketAddress socket(String address) {
        int colon = address.lastIndexOf(':');
        return InetSocketAddress.createUnresolved(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** The address of an endpoint; with a connection string only its query counts. */
    private static String hubAddress(String scheme, HubSettings hub, String name) {
        return scheme + ":" + namespace(hub) + "/" + name;
    }

    private static String namespace(HubSettings hub) {
        return hub.namespace().orElse("portal").replaceFirst("\\.servicebus\\.windows\\.net$", "");
    }

    /** The same namespace and key, for another hub. */
    private static String forHub(String connectionString, String hub) {
        String namespace = connectionString.replaceAll("(?i);?entitypath=[^;]*", "");
        return namespace + (namespace.endsWith(";") ? "" : ";") + "EntityPath=" + hub;
    }

    private static String namingHub(String connectionString, String hub) {
        boolean namesHub = connectionString.toLowerCase(Locale.ROOT).contains("entitypath=");
        String separator = connectionString.endsWith(";") ? "" : ";";
        return namesHub ? connectionString : connectionString + separator + "EntityPath=" + hub;
    }
}
