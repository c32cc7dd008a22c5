package io.roombridge;

import io.roombridge.config.Settings;
import io.roombridge.mapping.BadMappings;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.mapping.Serving;
import io.roombridge.mapping.Trial;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        LOG.atInfo().addKeyValue("version", version.name()).log("the mapping files are in force");
        if (!failing.isEmpty()) {
            LOG.atWarn().addKeyValue("why", failing).log("tests of the mapping files fail; see mapping test");
        }
        return version;
    }

    private static Serving serving(Settings settings) {
        Map<String, String> byTenant = new HashMap<>();
        settings.instances()
                .forEach((name, instance) ->
                        instance.tenants().forEach(tenant -> byTenant.put(tenant.toLowerCase(Locale.ROOT), name)));
        return new Serving(byTenant);
    }
}
