package io.roombridge.route;

import io.roombridge.closing.Brake;
import io.roombridge.closing.InactivityRule;
import io.roombridge.route.ChaosAction.Kind;
import io.roombridge.route.ChaosRoom.Voice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The fortnight after the storm: people have become quiet, and tickets whose customer is silent close. Now and then somebody
 * says something after all, nodes die or lose the duty in the middle of a closing, answers of ServiceNow get lost, the hub
 * is not read, or the portal's heartbeats stop.
 */
final class ChaosSilence {

    static final InactivityRules RULES = new InactivityRules(
            true,
            Instant.EPOCH,
            new InactivityRule(3, 3),
            Duration.ofHours(9),
            new Brake(Integer.MAX_VALUE, 1),
            Optional.of("DE-BE"),
            List.of(),
            Optional.empty(),
            Map.of("main", ChaosClosings.CODE));

    private static final int DAYS = 12;
    private static final int CALM_DAYS = 2;
    private static final int LOOKS = 3;

    /** After 09:00 in Berlin, in summer and in winter. */
    private static final LocalTime MORNING = LocalTime.of(10, 0);

    private static final List<Kind> AT_THE_DESK =
            List.of(Kind.COMMENT, Kind.HOLD, Kind.COMMENT, Kind.ASSIGN, Kind.NOTE, Kind.EDIT);

    private final ChaosScenario scenario;
    private final Random random;

    /** From then on the portal sends no heartbeats; most portals never stop. */
    final Instant deafFrom;

    ChaosSilence(ChaosScenario scenario, long seed) {
        this.scenario = scenario;
        this.random = new Random(seed * 31 + 7);
        this.deafFrom =
                random.nextInt(5) == 0 ? scenario.now().plus(Duration.ofDays(1 + random.nextInt(3))) : Instant.MAX;
    }

    void lives() {
        scenario.rooms().forEach(this::handedToCustomer);
        for (int day = 1; day <= DAYS; day++) {
            scenario.reach(morning());
            boolean heard = random.nextInt(6) > 0;
            scenario.rooms().stream()
                    .filter(room -> random.nextInt(12) == 0)
                    .toList()
                    .forEach(this::somebodyActs);
            goWrong();
            look(heard);
            scenario.mend();
        }
        for (int day = 0; day < CALM_DAYS; day++) {
            scenario.reach(morning());
            look(true);
        }
    }

    /** Two of three tickets wait for their customer now. */
    private void handedToCustomer(ChaosRoom room) {
        switch (random.nextInt(3)) {
            case 0 -> scenario.desk().act(Kind.COMMENT, room, "silence", random);
            case 1 -> scenario.desk().act(Kind.HOLD, room, "silence", random);
            default -> scenario.portal().status(room);
        }
    }

    private Instant morning() {
        return scenario.now()
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(1)
                .atTime(MORNING)
                .toInstant(ZoneOffset.UTC);
    }

    private void somebodyActs(ChaosRoom room) {
        String mark = "silence-" + scenario.now().getEpochSecond() + "-" + random.nextInt(1000);
        switch (random.nextInt(4)) {
            case 0 -> scenario.portal().says(room, Voice.CUSTOMER, mark, random);
            case 1 -> scenario.portal().status(room);
            default -> scenario.desk().act(AT_THE_DESK.get(random.nextInt(AT_THE_DESK.size())), room, mark, random);
        }
    }

    private void goWrong() {
        int node = random.nextInt(ChaosStation.NODES);
        ChaosRoom room = scenario.rooms().get(random.nextInt(scenario.rooms().size()));
        String mark = "between-" + scenario.now().getEpochSecond();
        switch (random.nextInt(6)) {
            case 0 -> scenario.cluster().node(node).mortal().dieAt(1 + random.nextInt(80));
            case 1 ->
                scenario.cluster()
                        .node(node)
                        .mortal()
                        .meanwhile(
                                1 + random.nextInt(80), () -> scenario.cluster().closeInactive(1 - node));
            case 2 ->
                scenario.cluster()
                        .node(node)
                        .mortal()
                        .meanwhile(
                                1 + random.nextInt(80),
                                () -> scenario.within(() -> scenario.desk().act(Kind.COMMENT, room, mark, random)));
            case 3 -> scenario.faults().one(random);
            case 4 -> scenario.between(room, mark, random);
            default -> {}
        }
    }

    /** As in production, a few minutes apart: what failed is done by the next. */
    private void look(boolean heard) {
        for (int i = 0; i < LOOKS; i++) {
            if (heard) {
                scenario.drain();
                if (scenario.now().isBefore(deafFrom)) {
                    scenario.cluster().on(0, node -> node.heartbeats(scenario.now()));
                }
            }
            scenario.poll(i % ChaosStation.NODES, random);
            scenario.cluster().on(i % ChaosStation.NODES, ChaosNode::appointments);
            scenario.cluster().closeInactive(i % ChaosStation.NODES);
            scenario.pass(Duration.ofMinutes(3));
        }
    }
}
