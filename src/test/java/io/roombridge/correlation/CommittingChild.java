package io.roombridge.correlation;

import io.roombridge.ticket.Changes;
import io.roombridge.ticket.Ticket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jdbi.v3.core.Jdbi;

/** Commits one ticket again and again, and writes each acknowledged version to a file, until it is killed. */
final class CommittingChild {

    private CommittingChild() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        try (Database database = Database.open(Database.fileIn(directory), "sa", "");
                Cluster cluster = Cluster.alone(Jdbi.create(database.dataSource()), "committing-child");
                FileChannel acknowledged = FileChannel.open(
                        directory.resolve("acknowledged"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            CorrelationStore store = new CorrelationStore(Jdbi.create(database.dataSource()), cluster.tickets());
            Ticket ticket = store.ticket("contoso", "main", Changes.DISPLAY.id())
                    .orElseGet(() -> Ticket.born(Changes.opened(1), "main", Changes.MORNING));
            while (true) {
                store.commit(new Commit().ticket(ticket));
                ticket = ticket.withVersion(ticket.version() + 1);
                acknowledged.write(ByteBuffer.allocate(Long.BYTES).putLong(0, ticket.version()), 0);
            }
        }
    }
}
