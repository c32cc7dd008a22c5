package io.roombridge.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One thing that happens in a scenario. Everything it draws comes from its own seed, so that leaving another action out
 * does not change it: that is what makes a failing scenario shrink.
 */
record ChaosAction(Kind kind, int number, long seed) {

    /** What can happen, and how often: a weight. */
    enum Kind {
        // The portal
        TURN(9),
        CUSTOMER_SAYS(8),
        PARTNER_SAYS(2),
        BOT_SAYS(3),
        REMEDIATION(4),
        WORSE(3),
        RETITLED(1),
        STATUS(2),
        SNAPSHOT(2),
        PHOTO(3),
        SENT_TWICE(4),
        SENT_LATE(4),
        // The desk
        COMMENT(7),
        NOTE(2),
        REPLY(3),
        ASSIGN(2),
        HOLD(2),
        RESOLVE(3),
        REOPEN(2),
        CLOSE(2),
        CANCEL(1),
        EDIT(2),
        PLAN(3),
        DELETE(1),
        // The bridge at work
        DELIVER(40),
        POLL(14),
        APPOINTMENTS(5),
        REPLAY(2),
        CARRY(5),
        // Time
        SECONDS(6),
        MINUTES(8),
        HOURS(2),
        CLOCK_JUMP(3),
        // What goes wrong
        FAULT(14),
        OUTAGE(2),
        REVOKED(1),
        GATED(1),
        FOREIGN_LINKS(1),
        PERSON_BETWEEN(4),
        CRASH(8),
        NODE_LOST(2),
        RESTART(2),
        CLUSTER_RESTART(2),
        STEAL(4),
        OVERLAP(9),
        REDELIVERY(3),
        REWOUND(1),
        DEAF(2),
        HUB_AWAY(1),
        CACHE_LOST(2),
        HUB_REFUSES(2),
        HUB_THROTTLES(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Kind> HAT = hat();

    /** From 20 to 60 actions, by the seed of the scenario. */
    static List<ChaosAction> draw(long scenario) {
        Random random = new Random(scenario);
        int count = 20 + random.nextInt(41);
        List<ChaosAction> actions = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            actions.add(new ChaosAction(HAT.get(random.nextInt(HAT.size())), number, random.nextLong()));
        }
        return actions;
    }

    Random random() {
        return new Random(seed);
    }

    private static List<Kind> hat() {
        List<Kind> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < kind.weight; i++) {
                all.add(kind);
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return number + ":" + kind;
    }
}
