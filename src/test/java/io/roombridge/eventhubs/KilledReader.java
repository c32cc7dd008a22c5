package io.roombridge.eventhubs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A process of its own for {@link KillTest}: reads the hub as the bridge does, with checkpoints in an H2 file, and appends
 * what it has done to a file that survives it. Arguments: connection string, directory, mode.
 */
public final class KilledReader {

    /** What the events called {@code stuck-...} meet; all others are done at once. */
    enum Mode {
        FAILING,
        HANGING,
        HEALTHY
    }

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final Mode mode;
    private final Journal done;
    private final Journal begun;

    private KilledReader(Mode mode, Journal done, Journal begun) {
        this.mode = mode;
        this.done = done;
        this.begun = begun;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        KilledReader reader = new KilledReader(
                Mode.valueOf(arguments[2]),
                new Journal(directory.resolve("done")),
                new Journal(directory.resolve("begun")));
        JdbcConnectionPool database =
                JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("store") + ";WRITE_DELAY=0", "sa", "");
        Flyway.configure().dataSource(database).load().migrate();
        reader.run(arguments[0], new SqlCheckpointStore(database), new Journal(directory.resolve("checkpoints")));
    }

    private void run(String connectionString, SqlCheckpointStore store, Journal checkpoints) throws Exception {
        ReadingListener listener = new ReadingListener() {
            @Override
            public void checkpointed(HubPartition partition, long sequence) {
                checkpoints.append(Long.toString(sequence));
            }
        };
        RoombridgeEventHubsComponent component = new RoombridgeEventHubsComponent(
                ReadingBench.withWindow(16, 8), OrderKeys.partitionKey(), listener, Clock.systemUTC());
        component.getConfiguration().setConnectionString(connectionString);
        component.getConfiguration().setCheckpointStore(store);
        Main main = new Main(KilledReader.class);
        main.bind("azure-eventhubs", component);
        main.configure().withBasePackageScanEnabled(false).addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("azure-eventhubs:local/hub").process(KilledReader.this::serve);
            }
        });
        main.run();
    }

    private void serve(Exchange exchange) throws InterruptedException {
        String event = exchange.getMessage().getBody(String.class);
        begun.append(event);
        if (event.startsWith("stuck-") && mode == Mode.FAILING) {
            throw new IllegalStateException("poisoned");
        }
        if (event.startsWith("stuck-") && mode == Mode.HANGING) {
            NEVER.await();
        }
        done.append(event);
    }

    /** A file of lines, each on the disk before the call returns. */
    private static final class Journal {

        private final FileChannel file;

        Journal(Path path) throws IOException {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        synchronized void append(String line) {
            try {
                file.write(StandardCharsets.UTF_8.encode(line + "\n"));
                file.force(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
