package io.roombridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketExportTest {

    private static TicketExport read(String json) {
        return TicketExport.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aTicketAsThePortalWritesIt() {
        TicketExport export = read("""
                        [{"Created":"2026-05-01T08:00:00Z","Device":{"Id":"d-1","Room Name":"Berlin 4.12","Host":"h"},
                          "Incident Type":{"Id":"5","Display Name":"Camera","Category":"Hardware","Severity":"Important"},
                          "State":"investigating","TicketID":"7B7365-EPDOLF","LatsUpdate":"2026-05-02T08:00:00Z",
                          "History":[{"a":1}],"SnowIncident":"INC11684776","LastResolved":null}]""");

        assertThat(export.faults()).isEmpty();
        assertThat(export.tickets())
                .containsExactly(new ExportedTicket(
                        "7B7365-EPDOLF",
                        true,
                        Optional.of("INC11684776"),
                        Optional.of("Berlin 4.12"),
                        Optional.of("Camera")));
    }

    @Test
    void theListMayStandInAnObjectAndNamesMayBeSpeltOtherwise() {
        TicketExport export = read("""
                {"range":{"from":"x"},"tickets":[{"ticketId":"T-1","state":"Closed","snow_incident":"inc1"}]}""");

        assertThat(export.tickets())
                .singleElement()
                .satisfies(ticket -> assertThat(ticket.open()).isFalse())
                .satisfies(ticket -> assertThat(ticket.incident()).contains("INC1"));
    }

    @Test
    void aBadRowIsToldWithItsNumberAndKeepsNoOtherFromBeingRead() {
        TicketExport export = read("[{\"State\":\"new\"}, 7, null, {\"TicketID\":\"T-4\"}]");

        assertThat(export.tickets()).extracting(ExportedTicket::id).containsExactly("T-4");
        assertThat(export.faults()).extracting(TicketExport.Fault::row).containsExactly(1, 2, 3);
    }

    @Test
    void aNumberThatIsTooLongIsAFaultOfItsRow() {
        TicketExport export = read("[{\"TicketID\":\"T-1\",\"SnowIncident\":\"" + "9".repeat(41) + "\"}]");

        assertThat(export.tickets()).isEmpty();
        assertThat(export.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem()).contains("SnowIncident"));
    }

    @Test
    void severalNumbersAreSeveralClaims() {
        assertThat(read("[{\"TicketID\":\"T-1\",\"SnowIncident\":\"INC1, INC2;INC1\"}]")
                        .tickets())
                .extracting(ticket -> ticket.incident().orElse(""))
                .containsExactly("INC1", "INC2");
    }

    @Test
    void aStateThatNobodyKnowsCountsAsOpen() {
        assertThat(read("[{\"TicketID\":\"T-1\",\"State\":\"Escalated\"},{\"TicketID\":\"T-2\"}]")
                        .tickets())
                .allMatch(ExportedTicket::open);
    }

    @Test
    void aFileThatEndsInTheMiddleIsRefusedAsAWhole() {
        assertThatThrownBy(() -> read("[{\"TicketID\":\"T-1\"},\n{\"TicketID\":"))
                .isInstanceOf(TicketExport.Unreadable.class);
        assertThatThrownBy(() -> read("[{\"TicketID\":\"T-1\"},\n{\"TicketID\" 7}]"))
                .isInstanceOf(TicketExport.Unreadable.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> read("[{\"TicketID\":\"T-1\"}")).isInstanceOf(TicketExport.Unreadable.class);
    }

    @Test
    void whatIsNoListOfTicketsIsRefused() {
        for (String file : new String[] {"", "\"text\"", "{\"a\":1}", "<html>"}) {
            assertThatThrownBy(() -> read(file)).as(file).isInstanceOf(TicketExport.Unreadable.class);
        }
    }

    @Test
    void deepNestingIsRefusedInsteadOfRunningOutOfStack() {
        assertThatThrownBy(() -> read("[{\"TicketID\":\"T-1\",\"History\":" + "[".repeat(100_000)))
                .isInstanceOf(TicketExport.Unreadable.class);
    }
}
