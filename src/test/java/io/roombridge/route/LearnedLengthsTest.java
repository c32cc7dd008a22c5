package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.mapping.FieldLengths;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The instance says how much its fields hold; the bridge cuts there, and says that it did. */
class LearnedLengthsTest extends OnBench {

    @Test
    void aNewIncidentIsCutWhereItsInstanceWouldCutItAndSaysSo() {
        String row = "{\"name\": \"task\", \"element\": \"short_description\", \"max_length\": \"80\"}";
        bench.serviceNow
                .faults()
                .on(RequestMatcher.table("sys_dictionary"))
                .always(Fault.answer(200, "application/json", "{\"result\": [" + row + "]}"));
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1).titled("The camera is gone ".repeat(8)));
        assertThat(bench.incident("room-1", "Camera").field("short_description"))
                .hasSize(80)
                .endsWith("…");
        assertThat(bench.journal("room-1", "Camera").get(0))
                .startsWith("Too long for ServiceNow: short_description: ")
                .contains(" characters are cut to 80.");
    }

    @Test
    void whoMayNotReadTheDictionaryHasTheUsualLengths() {
        bench.serviceNow.faults().on(RequestMatcher.table("sys_dictionary")).always(Fault.forbidden("No", "Not yours"));
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1).titled("The camera is gone ".repeat(20)));
        assertThat(bench.incident("room-1", "Camera").field("short_description"))
                .hasSize(160);
    }

    @Test
    void theDictionaryIsAskedOnceAndAgainAfterHalfADay() {
        List<Object> asked = new ArrayList<>();
        LearnedLengths lengths = new LearnedLengths(
                fields -> {
                    asked.add(fields);
                    return Map.of("description", 50);
                },
                bench.machine);
        FieldLengths first = lengths.of(Set.of("description"));
        lengths.of(Set.of("description", "work_notes"));
        assertThat(asked).hasSize(1);
        assertThat(first).isNotNull();

        bench.machine.advance(LearnedLengths.REMEMBERED);

        lengths.of(Set.of("description"));
        assertThat(asked).hasSize(2);
    }
}
