package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.mapping.BadMappings;
import io.roombridge.mapping.LastMappings;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.mapping.Serving;
import io.roombridge.mapping.Trial;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the settings to the mappings that a start takes. */
final class MappingWiring {

    private static final Logger LOG = LoggerFactory.getLogger(MappingWiring.class);

    private MappingWiring() {}

    static Path folder(Settings settings) {
        return Home.resolve(settings.mappings().folder());
    }

    /**
     * Loads the mapping files, and runs their tests.
     *
     * @throws BadMappings with every fault; and with every test that fails, where the settings want them to pass
     */
    static MappingVersion load(Settings settings) {
        MappingVersion version = MappingVersion.load(MappingDirectory.read(folder(settings)), serving(settings));
        List<String> failing = Trial.failing(version.tests());
        if (settings.mappings().requireTests() && !failing.isEmpty()) {
            throw BadMappings.failing(failing);
        }
        LOG.atInfo().addKeyValue("version", version.name()).log("the mapping files can be used");
        if (!failing.isEmpty()) {
            LOG.atWarn().addKeyValue("why", failing).log("tests of the mapping files fail; see mapping test");
        }
        return version;
    }

    /**
     * What a start goes on with: what was in force last, if there was anything, so that the folder's files are taken as a
     * reload takes them, or not. Files that cannot be used at all stop the start all the same.
     *
     * @throws BadMappings as {@link #load}
     */
    static MappingVersion start(Settings settings) {
        MappingVersion files = load(settings);
        LastMappings last = new LastMappings(settings.dataDir());
        Optional<MappingVersion> before = last.read().flatMap(directory -> usable(files, directory));
        if (before.isEmpty()) {
            last.keep(files.directory());
        }
        return before.orElse(files);
    }

    /** Another release of the bridge may refuse what one before it took. */
    private static Optional<MappingVersion> usable(MappingVersion files, MappingDirectory directory) {
        try {
            return Optional.of(files.with(directory));
        } catch (BadMappings outdated) {
            return Optional.empty();
        }
    }

    private static Serving serving(Settings settings) {
        Map<String, String> byTenant = new HashMap<>();
        settings.instances()
                .forEach((name, instance) ->
                        instance.tenants().forEach(tenant -> byTenant.put(tenant.toLowerCase(Locale.ROOT), name)));
        return new Serving(byTenant);
    }
}
