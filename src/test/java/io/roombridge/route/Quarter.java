package io.roombridge.route;

import io.roombridge.closing.Brake;
import io.roombridge.closing.InactivityRule;
import io.roombridge.route.ClosingModel.Happening;
import io.roombridge.route.QuarterPlan.Intention;
import io.roombridge.route.QuarterPlan.Room;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.Faults;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.RetryLater;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A quarter on the bench: what people intend is carried out, and the bridge looks at the full hours at which anything is
 * to be seen or due. Now and then it dies on the way, its clock is set back, or an answer of ServiceNow gets lost; then it
 * looks again some minutes later, as it does in production.
 */
final class Quarter {

    private static final String SIGNAL = "Camera";
    private static final int SELDOM = 40;

    private final Bench bench;
    private final QuarterPlan plan;
    private final Random random;
    private final Map<String, Life> lives = new LinkedHashMap<>();
    private final Deque<PortalEvent> hub = new ArrayDeque<>();
    private boolean unread;
    private int looks;

    Quarter(Bench bench, QuarterPlan plan, Random random) {
        this.bench = bench;
        this.plan = plan;
        this.random = random;
    }

    /** A ticket with everything that happened to it, in the words of the model. */
    static final class Life {
        final Room room;
        final List<Happening> happened = new ArrayList<>();
        private char portal = 'N';
        private char desk = 'W';
        private long sequence = 1;

        private Life(Room room) {
            this.room = room;
        }

        private void add(Instant at, char what) {
            happened.add(new Happening(at, what));
        }

        int days() {
            return room.customer() ? 3 : 15;
        }
    }

    List<Life> lives() {
        return List.copyOf(lives.values());
    }

    int looks() {
        return looks;
    }

    static InactivityRules rules(InactivityRules rules) {
        return new InactivityRules(
                true,
                Instant.EPOCH,
                InactivityRule.OF_THE_SERVICE,
                rules.window(),
                new Brake(Integer.MAX_VALUE, 1),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                rules.closeCodes());
    }

    void live() {
        Deque<Intention> intentions = new ArrayDeque<>(plan.intentions());
        for (Instant hour = QuarterPlan.BEGIN; !hour.isAfter(QuarterPlan.END); hour = hour.plus(QuarterPlan.STEP)) {
            while (!intentions.isEmpty() && intentions.peek().at().isBefore(hour)) {
                Intention next = intentions.poll();
                reach(next.at());
                carryOut(next);
            }
            Instant due = bench.closings().nextLook().orElse(Instant.MAX);
            if (plan.running(hour) && (unread || !hub.isEmpty() || !due.isAfter(hour))) {
                reach(hour);
                look(hour);
            }
        }
    }

    private void reach(Instant moment) {
        bench.clock.reach(moment);
        bench.machine.reach(moment);
    }

    /** What may go wrong at this hour goes wrong, and is made good within minutes. */
    private void look(Instant hour) {
        boolean answers = plan.answering(hour);
        boolean again = false;
        if (!answers) {
            Faults.Armed out =
                    bench.serviceNow.faults().on(RequestMatcher.anything()).always(Fault.htmlPage(503));
            try (out) {
                lookOnce(false);
            }
            return;
        }
        if (random.nextInt(SELDOM) == 0) {
            bench.serviceNow.faults().on(RequestMatcher.method("PATCH")).next(1, fault());
            again = true;
        }
        again |= lookAndDieMaybe();
        if (random.nextInt(SELDOM) == 0) {
            Duration back = Duration.ofSeconds(1 + random.nextInt(120));
            bench.clock.setBack(back);
            bench.machine.setBack(back);
            lookOnce(true);
            bench.clock.setBack(Duration.ZERO);
            bench.machine.setBack(Duration.ZERO);
        }
        for (int minutes = 3; again && minutes <= 12; minutes += 3) {
            reach(hour.plus(Duration.ofMinutes(minutes)));
            unread = true;
            lookOnce(true);
        }
        bench.serviceNow.faults().clear();
    }

    private Fault fault() {
        List<Fault> faults = List.of(
                Fault.timeoutAfterCommit(),
                Fault.timeoutBeforeCommit(),
                Fault.lateCommit(Duration.ofSeconds(50)),
                Fault.truncated(),
                Fault.htmlPage(503),
                Fault.connectionReset());
        return faults.get(random.nextInt(faults.size()));
    }

    private boolean lookAndDieMaybe() {
        boolean dies = random.nextInt(SELDOM) == 0;
        bench.dieAtStoreAccess(dies ? 1 + random.nextInt(200) : Integer.MAX_VALUE);
        try {
            lookOnce(true);
        } catch (MortalDataSource.Crash died) {
            bench.reborn();
            unread = true;
        }
        bench.dieAtStoreAccess(Integer.MAX_VALUE);
        return dies;
    }

    /** The hub is read, the portal's heartbeat comes, then ServiceNow is read; then tickets are warned and closed. */
    private void lookOnce(boolean answers) {
        looks++;
        while (!hub.isEmpty() && answers) {
            bench.deliver(hub.peek());
            hub.poll();
            unread = true;
        }
        if (!answers && !hub.isEmpty()) {
            tryInVain(hub.peek());
        }
        if (hub.isEmpty()) {
            bench.beat(bench.clock.instant());
        }
        if (unread) {
            if (!bench.outbox().drained("main")) {
                // What the look before decided is sent first; a cycle that does so reads nothing, and the next comes
                // soon.
                bench.poll();
            }
            bench.poll();
            unread = !answers;
        }
        bench.closeInactive();
    }

    private void tryInVain(PortalEvent event) {
        try {
            bench.attempt(event);
        } catch (RetryLater expected) {
            // The hub keeps it.
        }
    }

    private void carryOut(Intention next) {
        if (next.what() == 'o') {
            born(next);
        } else if ("snfAVW".indexOf(next.what()) >= 0) {
            atTheDesk(lives.get(next.room().name()), next);
        } else {
            inThePortal(lives.get(next.room().name()), next);
        }
    }

    private void born(Intention next) {
        Life life = new Life(next.room());
        lives.put(next.room().name(), life);
        if (next.room().customer()) {
            life.add(next.at(), 'c');
        }
        life.add(next.at(), 'N');
        hub.add(event(life, next.at()).opened(life.sequence));
    }

    private void atTheDesk(Life life, Intention next) {
        String sysId =
                bench.ticket(life.room.name(), SIGNAL).current().orElseThrow().sysId();
        boolean state = QuarterPlan.isDeskState(next.what());
        boolean over =
                bench.serviceNow.desk().incident(sysId).orElseThrow().state().equals("6");
        if (over || (state && life.desk == next.what())) {
            return;
        }
        var beth = bench.serviceNow.desk().as("beth.anglin");
        switch (next.what()) {
            case 's' -> beth.comment(sysId, "Please look at the cable " + next.at());
            case 'n' -> beth.workNote(sysId, "Called the site " + next.at());
            case 'f' ->
                beth.attach(
                        sysId, "photo.png", "image/png", next.at().toString().getBytes(StandardCharsets.UTF_8));
            case 'A' -> beth.hold(sysId, "1");
            case 'V' -> beth.hold(sysId, "4");
            default -> beth.reopen(sysId);
        }
        life.add(next.at(), next.what());
        life.desk = state ? next.what() : life.desk;
        // A file alone moves no time of its incident, so no reading finds it soon.
        unread |= next.what() != 'f';
    }

    private void inThePortal(Life life, Intention next) {
        boolean state = next.what() != 'c';
        String sysId =
                bench.ticket(life.room.name(), SIGNAL).current().orElseThrow().sysId();
        boolean over =
                bench.serviceNow.desk().incident(sysId).orElseThrow().state().equals("6");
        if (over || (state && life.portal == next.what())) {
            return;
        }
        life.add(next.at(), next.what());
        PortalEvent event = event(life, next.at());
        if (state) {
            life.portal = next.what();
            hub.add(event.status(++life.sequence, word(next.what() == 'N' ? 'I' : 'N'), word(next.what())));
        } else {
            hub.add(event.message(
                    "m-" + life.room.name() + "-" + next.at().getEpochSecond(), "It flickers " + next.at()));
        }
    }

    private static String word(char portal) {
        return portal == 'I' ? "investigating" : "needsAction";
    }

    private static PortalEvent event(Life life, Instant at) {
        Room room = life.room;
        return PortalEvent.of(room.name(), SIGNAL)
                .at(at)
                .in(room.place().region(), room.place().zone().getId(), room.customer() ? "customer" : "system");
    }
}
