package io.roombridge;

import io.roombridge.closing.Calendars;
import io.roombridge.config.BadConfiguration;
import io.roombridge.config.BadConfiguration.Fault;
import io.roombridge.config.Settings;
import io.roombridge.tls.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** What a start would find wrong besides settings and mappings, found without any network. */
final class OfflineCheck {

    private final Settings settings;
    private final Instant now;
    private final List<Fault> faults = new ArrayList<>();

    private OfflineCheck(Settings settings, Instant now) {
        this.settings = settings;
        this.now = now;
    }

    /** @throws BadConfiguration with every fault */
    static void of(Settings settings, Instant now) {
        OfflineCheck check = new OfflineCheck(settings, now);
        check.authorities("roombridge.tls.ca-file", settings.tls().caFile());
        settings.instances()
                .forEach((name, instance) ->
                        check.authorities("roombridge.instances." + name + ".ca-file", instance.caFile()));
        check.region();
        check.faults.addAll(routes(Home.resolve(Path.of("routes"))));
        if (!check.faults.isEmpty()) {
            throw new BadConfiguration(check.faults);
        }
    }

    private void authorities(String key, Optional<Path> file) {
        file.ifPresent(path -> {
            try {
                List<X509Certificate> found = Trust.authorities(path);
                if (found.stream()
                        .allMatch(
                                authority -> authority.getNotAfter().toInstant().isBefore(now))) {
                    faults.add(
                            new Fault(key, path.toString(), "has only certificates that have expired; get new ones"));
                }
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(key, path.toString(), e.getMessage()));
            }
        });
    }

    private void region() {
        settings.closing()
                .region()
                .ifPresent(region -> new Calendars()
                        .of(region)
                        .refusal()
                        .ifPresent(why -> faults.add(new Fault("roombridge.closing.region", region, why))));
    }

    /** Only an installation's own routes can be wrong; those inside the jar were tested. */
    static List<Fault> routes(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder);
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.build();
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .flatMap(file -> route(camel, file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads the file as a start would; no route is started, and no bean looked up. */
    private static Optional<Fault> route(DefaultCamelContext camel, Path file) {
        try {
            Resource resource = ResourceHelper.resolveResource(camel, "file:" + file);
            PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
            return Optional.empty();
        } catch (Exception e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return Optional.of(new Fault(file.toString(), "", "is no Camel route in YAML: " + why));
        }
    }
}
