package io.roombridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.config.SettingsFile;
import io.roombridge.correlation.Database;
import io.roombridge.ops.Endpoints;
import io.roombridge.ops.ManagementServer;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.sandbox.servicenow.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around a command is told in words that a person can act on, never by a stack trace. */
class CommandFaultsTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private Path config;

    @BeforeEach
    void theLeastSettings() throws IOException {
        config = Files.writeString(directory.resolve("roombridge.properties"), """
                roombridge.mode=live
                roombridge.data-dir=%s
                roombridge.hub.connection-string=Endpoint=sb://x/
                roombridge.instances.main.url=http://127.0.0.1:1
                roombridge.instances.main.auth=basic
                roombridge.instances.main.user=roombridge
                roombridge.instances.main.password=s3cret
                """.formatted(directory));
    }

    @Test
    void aStoreThatAnotherProcessHasOpenIsSaidToBeInUse() throws IOException {
        Database.open(Database.fileIn(directory), "sa", "").close();
        try (FileChannel store = FileChannel.open(directory.resolve("store.mv.db"), StandardOpenOption.WRITE)) {
            store.lock();

            assertThat(execute("closing", "--simulate")).isEqualTo(1);
        }

        assertThat(said()).contains("is using the store below " + directory).contains("stop it for this command");
    }

    @Test
    void aRebuildBesideARunningBridgeIsRefused() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ManagementServer bridge = ManagementServer.start(
                anyPort, List.of(), directory, new Endpoints(List.of()), new Random(1), Clock.systemUTC())) {
            assertThat(bridge.url()).hasScheme("http");
            assertThat(execute("rebuild", "--dry-run")).isEqualTo(1);
        }

        assertThat(said())
                .contains("a bridge runs on the store of " + directory)
                .contains("stop every node");
    }

    /** Waiting would not help: nobody mends a password while the command sleeps. */
    @Test
    @Timeout(60)
    void aRebuildWithARefusedLoginEndsAtOnce() throws IOException {
        try (EmbeddedServiceNow instance = EmbeddedServiceNow.start(Setup.defaults())) {
            Files.writeString(config, "roombridge.instances.main.url=" + instance.url(), StandardOpenOption.APPEND);

            assertThat(execute("rebuild", "--dry-run")).isEqualTo(1);
        }

        assertThat(said()).contains("unauthorized", "401");
    }

    @Test
    void aSettingsFileThatIsNotThereIsNamed() throws IOException {
        Files.delete(config);

        assertThat(execute("check")).isEqualTo(78);
        assertThat(said()).contains(config.toString(), "there is no such file");
    }

    @Test
    void aManagementPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = SettingsFile.read(
                    config, Map.of(), Map.of("roombridge.management.port", Integer.toString(taken.getLocalPort())));

            assertThatThrownBy(() -> ManagementWiring.listen(settings, new Closings(), List.of(), Clock.systemUTC()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("roombridge.management.port");
        }
    }

    private int execute(String... arguments) {
        PrintWriter printer = new PrintWriter(out, true);
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = config.toString();
        return Main.commandLine().setOut(printer).setErr(printer).execute(all);
    }

    private String said() {
        assertThat(out.toString()).doesNotContain("\tat ");
        return out.toString();
    }
}
