package io.roombridge.correlation;

import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Changes;
import io.roombridge.ticket.Ticket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Commits one ticket again and again, with a line of its history, and writes each acknowledged version to a file, until it is
 * killed. Compacts the store all the time if it is told to.
 */
final class CommittingChild {

    private CommittingChild() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        boolean compacting = args.length > 1;
        // What a compaction freed is used again after half a second, so that it happens often.
        String url = Database.fileIn(directory) + (compacting ? ";RETENTION_TIME=500" : "");
        try (Database database = Database.open(url, "sa", "");
                Cluster cluster = Cluster.alone(Jdbi.create(database.dataSource()), "committing-child");
                FileChannel acknowledged = FileChannel.open(
                        directory.resolve("acknowledged"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            CorrelationStore store = new CorrelationStore(Jdbi.create(database.dataSource()), cluster.tickets());
            Ticket ticket = store.ticket("contoso", "main", Changes.DISPLAY.id())
                    .orElseGet(() -> Ticket.born(Changes.opened(1), "main", Changes.MORNING));
            if (compacting) {
                new Thread(() -> compact(database), "compacting").start();
            }
            while (true) {
                store.commit(new Commit().ticket(ticket).history(List.of(line(ticket))));
                ticket = ticket.withVersion(ticket.version() + 1);
                acknowledged.write(ByteBuffer.allocate(Long.BYTES).putLong(0, ticket.version()), 0);
            }
        }
    }

    private static HistoryEntry line(Ticket ticket) {
        return new HistoryEntry(Changes.MORNING, new ChangeId("/test#" + ticket.version()), "test", "committed");
    }

    private static void compact(Database database) {
        try {
            while (true) {
                Compaction.once(database.dataSource());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
