package io.roombridge;

import io.roombridge.config.HubSettings;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Database;
import io.roombridge.doctor.BridgeSteps;
import io.roombridge.doctor.Certificate;
import io.roombridge.doctor.Finding;
import io.roombridge.doctor.HubLag;
import io.roombridge.doctor.HubSteps;
import io.roombridge.doctor.HubUnderTest;
import io.roombridge.doctor.Instance;
import io.roombridge.doctor.Probe;
import io.roombridge.doctor.ServiceNowSteps;
import io.roombridge.doctor.Step;
import io.roombridge.eventhubs.HubVisit;
import io.roombridge.mapping.Input;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.ops.RunningBridge;
import io.roombridge.servicenow.ServiceNowGateway;
import io.roombridge.tls.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;

/** From the settings to what doctor looks at. What it opens is closed with the rest. */
final class DoctorWiring {

    private static final int HTTPS = 443;
    private static final String EXAMPLE = "/mappings/example-event.json";

    private final Settings settings;
    private final MappingVersion mappings;
    private final boolean readOnly;
    private final Closings closings;
    private final Clock machine = Clock.systemUTC();
    private final Optional<RunningBridge> running;

    /** Opened by the probe of the store, for the probe of the lag; empty until then. */
    private Optional<Database> store = Optional.empty();

    /** @param readOnly makes no incident; in shadow mode none is made either */
    DoctorWiring(Settings settings, MappingVersion mappings, boolean readOnly, Closings closings) {
        this.settings = settings;
        this.mappings = mappings;
        this.readOnly = readOnly
                || settings.mode().filter(mode -> mode == Settings.Mode.SHADOW).isPresent();
        this.closings = closings;
        this.running = RunningBridge.find(settings.dataDir());
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>(BridgeSteps.of(settings.dataDir(), running.isPresent(), this::openStore));
        steps.addAll(hub());
        DefaultCamelContext camel = new DefaultCamelContext();
        closings.onClose("camel", camel::stop);
        camel.start();
        settings.instances().forEach((name, instance) -> steps.addAll(serviceNow(name, instance, camel)));
        return steps;
    }

    private List<Step> serviceNow(String name, Settings.Instance instance, DefaultCamelContext camel) {
        ServiceNowGateway gateway = closings.onClose(
                "instance " + name,
                new ServiceNowGateway(
                        camel,
                        InstanceWiring.of(name, instance),
                        machine,
                        () -> ThreadLocalRandom.current().nextDouble()));
        Instance examined = new Instance(name, instance, gateway);
        Probe certificate = certificate(name, instance);
        if (readOnly) {
            return ServiceNowSteps.readOnly(
                    examined, certificate, settings.poll().interval(), machine);
        }
        Input example = Input.read(example());
        String tenant = instance.tenants().stream()
                .filter(named -> !named.equals("*"))
                .findFirst()
                .orElse(example.key().tenant());
        return ServiceNowSteps.with(
                examined,
                certificate,
                settings.poll().interval(),
                machine,
                mappings.of(tenant),
                example,
                settings.files(),
                UUID.randomUUID().toString());
    }

    private Probe certificate(String name, Settings.Instance instance) {
        URI url = URI.create(instance.url().orElseThrow());
        if (!"https".equals(url.getScheme())) {
            return () -> List.of(Finding.green("plain http, to this machine only"));
        }
        String key = "roombridge.instances." + name + ".ca-file";
        return certificate(
                url.getHost(), url.getPort() < 0 ? HTTPS : url.getPort(), Optional.empty(), instance.caFile(), key);
    }

    private Certificate certificate(
            String host, int port, Optional<InetSocketAddress> proxy, Optional<Path> caFile, String key) {
        List<X509Certificate> own = Stream.concat(caFile.stream(), settings.tls().caFile().stream())
                .flatMap(file -> Trust.authorities(file).stream())
                .toList();
        return new Certificate(new Certificate.Address(host, port, proxy, caFile, key), own, machine);
    }

    private List<Step> hub() {
        HubSettings hub = settings.hub();
        String key = "roombridge.hub.connection-string";
        HubVisit visit = HubWiring.visitEvents(hub);
        HubUnderTest events = new HubUnderTest(hub.events(), "roombridge.hub.events", key, visit);
        String commandsKey = hub.commandsConnectionString()
                        .or(() -> hub.commandsConnectionStringFile().map(Path::toString))
                        .isPresent()
                ? "roombridge.hub.commands-connection-string"
                : key;
        Optional<HubUnderTest> commands = settings.portal().commands() == Settings.Portal.Commands.NONE
                ? Optional.empty()
                : Optional.of(new HubUnderTest(
                        hub.commands(), "roombridge.hub.commands", commandsKey, HubWiring.visitCommands(hub)));
        Optional<Probe> certificate = visit.secured().map(host -> hubCertificate(hub, host));
        return HubSteps.of(certificate, events, hub.consumerGroup(), commands, lag(events, visit), machine);
    }

    private Probe hubCertificate(HubSettings hub, InetSocketAddress host) {
        if (hub.proxyUser().isPresent()) {
            return () -> List.of(
                    Finding.unproven("not looked at: the proxy wants a user, and only the hub's client has it"));
        }
        return certificate(
                host.getHostString(),
                host.getPort(),
                hub.proxy().map(HubWiring::socket),
                settings.tls().caFile(),
                "roombridge.tls.ca-file");
    }

    private HubLag lag(HubUnderTest events, HubVisit visit) {
        boolean bySql = settings.hub().checkpoints().store() == HubSettings.Checkpoints.Kind.SQL;
        return bySql && running.isPresent()
                ? HubLag.told(events, () -> ToldLag.by(running.get()))
                : HubLag.counted(
                        events,
                        () -> bySql && store.isEmpty()
                                ? Map.of()
                                : visit.checkpoints(HubWiring.checkpoints(settings, closings, store.orElse(null))));
    }

    /** Opens the store as other commands do. One that was never made is left to the first start. */
    private String openStore() {
        boolean made = settings.store().url().isPresent()
                || Files.exists(settings.dataDir().resolve("store.mv.db"));
        if (!made) {
            return "there is none yet; the first start makes it";
        }
        try {
            store = Optional.of(closings.onClose(
                    "store", OpenStore.of(settings, settings.store().patience())));
            return "the store opens";
        } catch (OpenStore.InUse e) {
            return "a bridge without a management port, or another command, has it open";
        }
    }

    private static String example() {
        try (InputStream in = DoctorWiring.class.getResourceAsStream(EXAMPLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's own " + EXAMPLE + " cannot be read", e);
        }
    }
}
