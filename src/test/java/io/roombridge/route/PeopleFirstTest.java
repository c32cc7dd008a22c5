package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.JournalEntry;
import io.roombridge.ticket.ChangeId;
import io.roombridge.ticket.Incident.Baseline;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Reference;
import io.roombridge.ticket.TicketKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeopleFirstTest {

    private static final String BRIDGE = "roombridge";
    private static final TicketKey SIGNAL = new TicketKey.RoomSignal("contoso", "room-12", "", "Camera", "");
    private static final Baseline BASELINE = new Baseline("3", "3", "[4.12] Display: dark");
    private static final String SIGNED = Reference.of(new ChangeId("c"), 1).signing("Healthy since 10:00");

    @Test
    void anUntouchedIncidentMayBeResolved() {
        List<JournalEntry> journal = List.of(entry(BRIDGE, SIGNED), entry(BRIDGE, "Opened\nrb1 key T-1 system 2026"));

        assertThat(PeopleFirst.atWork(incident("", IncidentState.NEW), journal, BRIDGE, SIGNAL))
                .isEmpty();
    }

    @Test
    void aPersonInThePortalIsAtWorkOnASignalButHasClosedTheIssueTheyRecorded() {
        String said = Reference.of(new ChangeId("m"), 2)
                .signing(
                        "From the Teams Rooms portal: Bowen, Megan · IT, customer · 2026-06-01 09:00 UTC\nI look at it");
        List<JournalEntry> journal = List.of(entry(BRIDGE, said));
        TicketKey issue = new TicketKey.RecordedIssue("contoso", "T-1");

        assertThat(PeopleFirst.atWork(incident("", IncidentState.NEW), journal, BRIDGE, SIGNAL))
                .contains("a person wrote in it");
        assertThat(PeopleFirst.atWork(incident("", IncidentState.NEW), journal, BRIDGE, issue))
                .isEmpty();
    }

    @Test
    void aBotInThePortalIsNobodyAtWork() {
        String said = Reference.of(new ChangeId("m"), 2)
                .signing("From the Teams Rooms portal: Automation, customer, bot · 2026-06-01 09:00 UTC\nDone");

        assertThat(PeopleFirst.atWork(incident("", IncidentState.NEW), List.of(entry(BRIDGE, said)), BRIDGE, SIGNAL))
                .isEmpty();
    }

    @Test
    void anAssignedIncidentIsAPersons() {
        assertThat(PeopleFirst.atWork(incident("beth", IncidentState.NEW), List.of(), BRIDGE, SIGNAL))
                .contains("it is assigned");
    }

    @Test
    void anIncidentOnHoldIsLeftAlone() {
        assertThat(PeopleFirst.atWork(incident("", IncidentState.ON_HOLD), List.of(), BRIDGE, SIGNAL))
                .contains("it is on hold");
    }

    @Test
    void aCommentOfAPersonKeepsTheBridgeFromResolving() {
        assertThat(PeopleFirst.atWork(incident("", IncidentState.NEW), List.of(entry("beth", "on it")), BRIDGE, SIGNAL))
                .contains("a person wrote in it");
    }

    @Test
    void aPersonWhoSharesTheIntegrationUserIsStillAPerson() {
        assertThat(PeopleFirst.human(entry(BRIDGE, "I am a colleague with the same login"), BRIDGE))
                .isTrue();
        assertThat(PeopleFirst.human(entry(BRIDGE, "ref rb-0123456789abcdef\nquoted, and a new line"), BRIDGE))
                .isTrue();
        assertThat(PeopleFirst.human(entry(BRIDGE, SIGNED), BRIDGE)).isFalse();
    }

    @Test
    void thePlatformsOwnEntriesAreNoPersons() {
        assertThat(PeopleFirst.human(entry("system", "Incident automatically closed"), BRIDGE))
                .isFalse();
    }

    @Test
    void impactAndUrgencyAreRaisedWhileNobodyTouchedThem() {
        assertThat(PeopleFirst.allowed(
                        incident("", IncidentState.NEW), BASELINE, Map.of("impact", "2", "urgency", "1")))
                .isEqualTo(Map.of("impact", "2", "urgency", "1"));
    }

    @Test
    void theyAreNeverLowered() {
        Baseline high = new Baseline("3", "1", "t");

        assertThat(PeopleFirst.allowed(incident("", IncidentState.NEW, "3", "1", "t"), high, Map.of("urgency", "3")))
                .isEmpty();
    }

    @Test
    void aPersonsChoiceOfImpactUrgencyAndTitleIsNotOverruled() {
        IncidentRecord changed = incident("", IncidentState.NEW, "2", "3", "my own words");

        assertThat(PeopleFirst.allowed(
                        changed, BASELINE, Map.of("impact", "1", "urgency", "1", "short_description", "new")))
                .isEmpty();
    }

    @Test
    void fieldsAnAdministratorAddedToTheMappingPass() {
        assertThat(PeopleFirst.allowed(
                        incident("", IncidentState.NEW), BASELINE, Map.of("u_ring", "General", "work_notes", "n")))
                .isEqualTo(Map.of("u_ring", "General"));
    }

    private static JournalEntry entry(String user, String text) {
        return new JournalEntry("0".repeat(32), "1".repeat(32), "work_notes", text, user, Optional.empty());
    }

    private static IncidentRecord incident(String assignedTo, IncidentState state) {
        return incident(assignedTo, state, "3", "3", "[4.12] Display: dark");
    }

    private static IncidentRecord incident(
            String assignedTo, IncidentState state, String impact, String urgency, String title) {
        return new IncidentRecord(
                "1".repeat(32),
                "INC0010001",
                state.value(),
                impact,
                urgency,
                "5",
                assignedTo,
                "",
                "",
                "",
                "",
                "",
                true,
                title,
                1,
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                "");
    }
}
