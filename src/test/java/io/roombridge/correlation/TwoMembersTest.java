package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.config.ClusterSettings;
import io.roombridge.config.SettingsFile;
import io.roombridge.ticket.Changes;
import io.roombridge.ticket.Ticket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one store: what they share in memory helps, and its loss or its division does no harm. */
class TwoMembersTest {

    private static final TicketAddress ADDRESS = new TicketAddress("contoso", "main", Changes.DISPLAY.id());

    @TempDir
    Path directory;

    private Database database;
    private Jdbi jdbi;
    private Cluster first;
    private Cluster second;

    @BeforeEach
    void open() {
        database = Database.open(Database.fileIn(directory), "sa", "");
        jdbi = Jdbi.create(database.dataSource());
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        database.close();
    }

    @Test
    void whatOneMemberCommitsTheOtherReadsAndTheDeathOfOneTakesNothingWithIt() throws IOException {
        join();
        CorrelationStore one = store(first);
        CorrelationStore other = store(second);
        Ticket ticket = born(one);

        one.commit(new Commit().ticket(ticket.withEpisode(2)));
        assertThat(found(other).episode()).isEqualTo(2);
        other.commit(new Commit().ticket(found(other).withEpisode(3)));
        assertThat(found(one).episode()).isEqualTo(3);

        first.hazelcast().getLifecycleService().terminate();

        assertThat(found(other).episode()).isEqualTo(3);
        assertThat(found(one).episode()).as("without a member the row is read").isEqualTo(3);
    }

    @Test
    void ofTwoMembersThatDoNotSeeEachOtherOnlyOneWritesEachVersion() {
        first = Cluster.alone(jdbi, "one-side");
        second = Cluster.alone(jdbi, "other-side");
        CorrelationStore one = store(first);
        CorrelationStore other = store(second);
        Ticket ticket = born(one);
        Ticket seenByOther = found(other);

        one.commit(new Commit().ticket(ticket.withEpisode(2)));

        assertThat(found(other).episode()).as("its cache is stale").isEqualTo(1);
        assertThatThrownBy(() -> other.commit(new Commit().ticket(seenByOther.withEpisode(7))))
                .isInstanceOf(VersionMoved.class);
        assertThatThrownBy(() -> one.commit(new Commit().ticket(ticket.withEpisode(8))))
                .isInstanceOf(VersionMoved.class);
        assertThat(found(other).episode()).as("what was refused is read anew").isEqualTo(2);
        other.commit(new Commit().ticket(found(other).withEpisode(3)));
        assertThat(jdbi.withHandle(handle -> Tickets.find(handle, ADDRESS))
                        .orElseThrow()
                        .episode())
                .isEqualTo(3);
    }

    private void join() throws IOException {
        int one = freePort();
        int other = freePort();
        String members = "127.0.0.1:" + one + ",127.0.0.1:" + other;
        first = Cluster.join(jdbi, settings(one, members));
        second = Cluster.join(jdbi, settings(other, members));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> first.hazelcast().getCluster().getMembers().size() == 2);
    }

    private ClusterSettings settings(int port, String members) {
        return SettingsFile.read(
                        directory.resolve("none"),
                        Map.of(),
                        Map.of(
                                "roombridge.mode", "live",
                                "roombridge.hub.namespace", "rooms",
                                "roombridge.instances.main.url", "https://example.service-now.com",
                                "roombridge.instances.main.auth", "api-key",
                                "roombridge.instances.main.api-key", "k",
                                "roombridge.instances.main.user", "roombridge",
                                "roombridge.store.url", "jdbc:postgresql://localhost/x",
                                "roombridge.cluster.join", "tcp",
                                "roombridge.cluster.port", Integer.toString(port),
                                "roombridge.cluster.members", members))
                .cluster();
    }

    private CorrelationStore store(Cluster member) {
        return new CorrelationStore(jdbi, member.tickets());
    }

    private static Ticket born(CorrelationStore store) {
        store.commit(new Commit()
                .ticket(Ticket.born(Changes.opened(1), "main", Changes.MORNING).withEpisode(1)));
        return found(store);
    }

    private static Ticket found(CorrelationStore store) {
        return store.ticket("contoso", "main", Changes.DISPLAY.id()).orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
