package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roombridge.correlation.Database;
import io.roombridge.correlation.Duties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Quartz schedule on three nodes. */
class OneNodeTest {

    private static final String ROUTE = "sweep";

    @TempDir
    Path directory;

    private final List<Integer> runs = new CopyOnWriteArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private Database database;

    private record Node(Duties duties, CamelContext camel) {}

    @BeforeEach
    void startThreeNodes() throws Exception {
        database = Database.open(Database.fileIn(directory), "sa", "");
        for (int number = 0; number < 3; number++) {
            nodes.add(node(number));
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(OneNodeTest::stop);
        database.close();
    }

    @Test
    void aScheduleRunsOnOneNodeAndOnAnotherWhenThatOneStops() {
        await().atMost(Duration.ofSeconds(40)).until(() -> runs.size() >= 10);
        int first = runs.get(0);
        assertThat(runs).containsOnly(first);

        stop(nodes.get(first));
        int until = runs.size();

        await().atMost(Duration.ofSeconds(40)).until(() -> runs.size() >= until + 10);
        int second = runs.get(until);
        assertThat(second).isNotEqualTo(first);
        assertThat(runs.subList(until, until + 10)).containsOnly(second);
    }

    private Node node(int number) throws Exception {
        Duties duties = Duties.start(
                Jdbi.create(database.dataSource()), "node-" + number, List.of(ROUTE), Duration.ofSeconds(20));
        CamelContext camel = new DefaultCamelContext();
        camel.getRegistry().bind("oneNode", new OneNode(duties::of));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("quartz:test/" + ROUTE + number + "?trigger.repeatInterval=20")
                        .routeId(ROUTE)
                        .routePolicyRef("oneNode")
                        .process(exchange -> runs.add(number));
            }
        });
        camel.start();
        return new Node(duties, camel);
    }

    private static void stop(Node node) {
        node.camel().stop();
        node.duties().close();
    }
}
