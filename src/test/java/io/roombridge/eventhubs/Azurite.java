package io.roombridge.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Microsoft's storage emulator on loopback, installed from npm below {@code target}; needs Node and no account. */
public final class Azurite implements AutoCloseable {

    /** The newest that runs on Node 20 (facts/eventhubs.md, versions). */
    private static final String VERSION = "3.35.0";

    private static final Path HOME = Path.of("target", "azurite-" + VERSION);

    private final Process process;
    private final int port;

    private Azurite(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where npm is missing the calling test is skipped with a word why, but fails on the build server. */
    public static Azurite start() throws IOException, InterruptedException {
        if (!onPath("npm")) {
            String why = "npm is not on the path, so Azurite " + VERSION + " cannot be installed; install Node 20";
            if ("true".equals(System.getenv("CI"))) {
                fail(why);
            }
            abort(why);
        }
        Path program = install();
        int port = freePort();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        Integer.toString(port),
                        "--inMemoryPersistence",
                        "--disableTelemetry",
                        "--silent",
                        "--skipApiVersionCheck")
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve("azurite.log").toFile())
                .start();
        Azurite azurite = new Azurite(process, port);
        Awaitility.await("Azurite listens").atMost(Duration.ofSeconds(30)).until(azurite::listens);
        return azurite;
    }

    /** The account and its key are the public ones of every emulator. */
    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
                + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
                + "BlobEndpoint=http://127.0.0.1:" + port + "/devstoreaccount1;";
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Path install() throws IOException, InterruptedException {
        Path program =
                HOME.resolve(Path.of("node_modules", ".bin", "azurite-blob")).toAbsolutePath();
        if (!Files.isExecutable(program)) {
            Files.createDirectories(HOME);
            Path log = HOME.resolve("npm.log");
            Process npm = new ProcessBuilder(
                            List.of("npm", "install", "--no-audit", "--no-fund", "--silent", "azurite@" + VERSION))
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(npm.waitFor()).as("npm install, see %s", log).isZero();
        }
        return program;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            assertThat(process.isAlive()).as("Azurite runs, see %s", HOME).isTrue();
            return false;
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
