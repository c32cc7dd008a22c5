package io.roombridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.adoption.Match.Verdict;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.TicketId;
import io.roombridge.ticket.TicketKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Replay a random estate with {@code -Dmatching.seed=N}. */
class MatchingTest {

    private final Map<String, List<NativeIncident>> incidents = new HashMap<>();
    private final Map<String, KnownTicket> known = new HashMap<>();
    private final Set<String> linked = new HashSet<>();

    private static ExportedTicket ticket(String id, String number) {
        return new ExportedTicket(
                id, true, Optional.of(number).filter(text -> !text.isEmpty()), Optional.empty(), Optional.empty());
    }

    private static NativeIncident incident(String number, IncidentState state, String correlationId) {
        return new NativeIncident(
                "sys-" + number, number, Optional.of(state), !state.terminal(), correlationId, "", "text");
    }

    private static TicketId id(String room) {
        return new TicketKey.RoomSignal("contoso", room, "", "Camera", "").id();
    }

    private void there(NativeIncident incident) {
        incidents
                .computeIfAbsent(incident.number(), number -> new ArrayList<>())
                .add(incident);
    }

    private List<Match> match(ExportedTicket... tickets) {
        return new Matching(incidents, known, Matching.Candidates.NONE, linked).of(List.of(tickets));
    }

    private Optional<Doubt> doubt(ExportedTicket... tickets) {
        List<Match> matches = match(tickets);
        matches.forEach(match -> assertThat(match.verdict()).as(match.why()).isEqualTo(Verdict.UNCERTAIN));
        return matches.get(0).doubt();
    }

    @Test
    void oneTicketAndOneActiveIncidentThatNameEachOtherAloneAreCertain() {
        there(incident("INC1", IncidentState.IN_PROGRESS, ""));

        assertThat(match(ticket("T-1", "INC1"))).singleElement().satisfies(match -> {
            assertThat(match.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(match.incident()).map(NativeIncident::number).contains("INC1");
        });
    }

    @Test
    void aResolvedIncidentIsStillTakenOver() {
        there(incident("INC1", IncidentState.RESOLVED, ""));

        assertThat(match(ticket("T-1", "INC1")).get(0).verdict()).isEqualTo(Verdict.CERTAIN);
    }

    @Test
    void whatServiceNowDoesNotShowIsUncertain() {
        assertThat(doubt(ticket("T-1", "INC1"))).contains(Doubt.NUMBER_UNKNOWN);
    }

    @Test
    void aNumberThatIsThereTwiceIsUncertain() {
        there(incident("INC1", IncidentState.NEW, ""));
        there(incident("INC1", IncidentState.NEW, ""));

        assertThat(doubt(ticket("T-1", "INC1"))).contains(Doubt.NUMBER_TWICE);
    }

    @Test
    void twoTicketsThatNameOneIncidentAreBothUncertain() {
        there(incident("INC1", IncidentState.NEW, ""));

        assertThat(doubt(ticket("T-1", "INC1"), ticket("T-2", "INC1"))).contains(Doubt.SEVERAL_TICKETS);
    }

    @Test
    void aTicketOfWhichTheExportHasTwoIncidentsIsUncertain() {
        there(incident("INC1", IncidentState.NEW, ""));
        there(incident("INC2", IncidentState.NEW, ""));

        assertThat(doubt(ticket("T-1", "INC1"), ticket("T-1", "INC2"))).contains(Doubt.SEVERAL_INCIDENTS);
    }

    @Test
    void somebodyElsesCorrelationIdIsLeftAlone() {
        there(incident("INC1", IncidentState.NEW, "SCOM-7"));
        there(incident("INC2", IncidentState.NEW, id("other").value()));

        assertThat(doubt(ticket("T-1", "INC1"))).contains(Doubt.FOREIGN_ID);
        assertThat(doubt(ticket("T-2", "INC2"))).contains(Doubt.OF_ANOTHER);
    }

    @Test
    void aClosedIncidentOfAnOpenTicketIsUncertain() {
        there(incident("INC1", IncidentState.CLOSED, ""));

        assertThat(doubt(ticket("T-1", "INC1"))).contains(Doubt.INCIDENT_OVER);
    }

    @Test
    void aTicketThatHasAnIncidentOfTheBridgeIsUncertainUnlessItIsThatOne() {
        there(incident("INC1", IncidentState.NEW, ""));
        known.put("T-1", new KnownTicket(id("room-1"), Optional.of("sys-INC9")));
        known.put("T-2", new KnownTicket(id("room-2"), Optional.of("sys-INC2")));
        there(incident("INC2", IncidentState.NEW, id("room-2").value()));

        assertThat(doubt(ticket("T-1", "INC1"))).contains(Doubt.HAS_INCIDENT);
        assertThat(match(ticket("T-2", "INC2")).get(0).verdict()).isEqualTo(Verdict.ALREADY);
    }

    @Test
    void aTicketThatIsOverOrHasNoIncidentHasNothingToTakeOver() {
        ExportedTicket closed =
                new ExportedTicket("T-1", false, Optional.of("INC1"), Optional.empty(), Optional.empty());

        assertThat(match(closed, ticket("T-2", ""))).extracting(Match::verdict).containsOnly(Verdict.NOTHING);
    }

    @Test
    void aClosedTicketClaimsNoIncident() {
        there(incident("INC1", IncidentState.NEW, ""));
        ExportedTicket closed =
                new ExportedTicket("T-1", false, Optional.of("INC1"), Optional.empty(), Optional.empty());

        assertThat(match(closed, ticket("T-2", "INC1")).get(1).verdict()).isEqualTo(Verdict.CERTAIN);
    }

    /** Whatever the export and the instance say: what is certain is one to one, free, and worked on. */
    @RepeatedTest(200)
    void nothingCertainIsEverSharedTakenOrOver(RepetitionInfo run) {
        long seed = Long.getLong("matching.seed", run.getCurrentRepetition());
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            IncidentState state = IncidentState.values()[random.nextInt(IncidentState.values().length)];
            there(incident("INC" + random.nextInt(5), state, random.nextInt(4) == 0 ? "SCOM-1" : ""));
        }
        ExportedTicket[] tickets = new ExportedTicket[8];
        for (int i = 0; i < tickets.length; i++) {
            tickets[i] = ticket("T-" + random.nextInt(6), random.nextInt(5) == 0 ? "" : "INC" + random.nextInt(6));
        }

        List<Match> matches = match(tickets);
        String replay = "replay with -Dmatching.seed=" + seed;
        Set<String> ids =
                Arrays.stream(tickets).map(ExportedTicket::id).collect(Collectors.toCollection(LinkedHashSet::new));
        assertThat(matches).as(replay).extracting(match -> match.ticket().id()).containsExactlyElementsOf(ids);
        List<NativeIncident> certain = matches.stream()
                .filter(match -> match.verdict() == Verdict.CERTAIN)
                .map(match -> match.incident().orElseThrow())
                .toList();
        assertThat(certain).as(replay).doesNotHaveDuplicates().noneMatch(NativeIncident::over);
        assertThat(certain)
                .as(replay)
                .allMatch(incident -> incident.correlationId().isEmpty());
        for (NativeIncident incident : certain) {
            assertThat(incidents.get(incident.number())).as(replay).hasSize(1);
            assertThat(Arrays.stream(tickets)
                            .filter(ticket -> ticket.incident().equals(Optional.of(incident.number())))
                            .map(ExportedTicket::id)
                            .distinct())
                    .as(replay)
                    .hasSize(1);
        }
    }
}
