package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.Duty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The route {@code files} as it stands in routes/; only the schedule is replaced. */
class FilesRouteTest extends CamelMainTestSupport {

    private FilesBench bench;

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.setProperty("roombridge.files.carry-interval", "3600000");
        properties.setProperty("roombridge.live", "true");
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
        configuration.replaceRouteFromWith("files", "direct:files");
        try {
            bench = new FilesBench(Files.createTempDirectory(Files.createDirectories(Path.of("target")), "route-test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configuration.withRegistryBinder(registry -> {
            registry.bind("carryFiles", bench.carrier());
            registry.bind("oneNode", new OneNode(name -> Duty.ALONE));
        });
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.withRoutesIncludePattern("file:routes/files.camel.yaml");
    }

    @AfterEach
    void stopTheBench() {
        bench.close();
    }

    @Test
    void aFileThatIsDueIsCarried() {
        bench.attached("a-1", "photo.png", "image/png", new byte[1000]);

        template.sendBody("direct:files", null);

        assertThat(bench.attachments()).hasSize(1);
    }
}
