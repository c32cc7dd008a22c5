package io.roombridge.route;

import io.roombridge.correlation.OutgoingCommand;
import io.roombridge.route.ChaosAction.Kind;
import io.roombridge.route.ChaosRoom.Voice;
import io.roombridge.ticket.RetryLater;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Two nodes of the bridge over one store, between a portal and a desk where people are at work, while everything goes wrong
 * that can: it plays a list of actions, lets the bridge come to rest, and has the outcome judged.
 *
 * <p>One thread does everything. What happens at the same time in real life happens here at a chosen access to the store:
 * a node is slow there, the other one acts, and the first goes on.
 */
final class ChaosScenario implements AutoCloseable {

    private static final Set<Kind> DESK = EnumSet.of(
            Kind.COMMENT,
            Kind.NOTE,
            Kind.REPLY,
            Kind.ASSIGN,
            Kind.HOLD,
            Kind.RESOLVE,
            Kind.REOPEN,
            Kind.CLOSE,
            Kind.CANCEL,
            Kind.EDIT,
            Kind.PLAN,
            Kind.DELETE);

    private static final List<Kind> BETWEEN =
            List.of(Kind.COMMENT, Kind.ASSIGN, Kind.HOLD, Kind.RESOLVE, Kind.CLOSE, Kind.EDIT, Kind.NOTE, Kind.CANCEL);

    /** So often is everything looked at once more, before the bridge is taken to be at rest: what is gone is gone twice. */
    private static final int QUIET = 2;

    /** After every fourth storm a fortnight is played in which tickets close. */
    private static final int SILENT = 4;

    private final ChaosStation station;
    private final long seed;
    private final ChaosTally tally;
    private final ChaosHub hub;
    private final ChaosFaults faults;
    private final List<ChaosRoom> rooms = new ArrayList<>();
    private final ChaosPortal portal;
    private final ChaosDesk desk;
    private final ChaosCluster cluster;
    private final Map<String, Integer> attempts = new HashMap<>();

    /** The numbers of writes that people made while the bridge was about to write. */
    private final Set<Long> unseen = new HashSet<>();

    /** The lease of the reader of ServiceNow changes hands whenever the other node looks. */
    private int poller;

    private long fence = 1;
    private boolean overlapping;

    ChaosScenario(ChaosStation station, long seed, ChaosTally tally) {
        this.station = station;
        this.seed = seed;
        this.tally = tally;
        station.clear();
        hub = new ChaosHub(station.truth);
        cluster = new ChaosCluster(station, hub, tally);
        faults = new ChaosFaults(station.serviceNow, this::pass);
        Random random = new Random(~seed);
        // Half of the rooms are younger than the store: their incidents are created without a search.
        Instant created = station.truth.instant().plusSeconds(random.nextBoolean() ? 30 : -3600);
        int count = 2 + random.nextInt(3);
        for (int i = 1; i <= count; i++) {
            rooms.add(new ChaosRoom("room-" + i, random.nextInt(6) == 0, created));
        }
        portal = new ChaosPortal(hub, station.contents, station.truth, rooms);
        desk = new ChaosDesk(station.serviceNow);
        pass(Duration.ofMinutes(1));
        rooms.forEach(portal::open);
    }

    /** Plays, comes to rest, and returns what the judges have to say. */
    List<String> run(List<ChaosAction> actions) {
        List<String> verdict = storm(actions);
        if (verdict.isEmpty() && seed % SILENT == 0) {
            verdict.addAll(silence());
        }
        return verdict;
    }

    private List<String> silence() {
        ChaosSilence silence = new ChaosSilence(this, seed);
        silence.lives();
        ChaosEvidence evidence = evidence();
        if (ChaosTest.REPLAY) {
            System.out.println(evidence.story());
        }
        ChaosClosings judge = new ChaosClosings(evidence, silence.deafFrom);
        List<String> verdict = new ArrayList<>(cluster.surprises());
        verdict.addAll(judge.verdict(rooms));
        tally.count("silences");
        tally.count("closings", judge.closings());
        return verdict;
    }

    private ChaosEvidence evidence() {
        return new ChaosEvidence(
                station.serviceNow.history().writes(),
                unseen,
                new ChaosBooks(station.jdbi()),
                station.integrationUser());
    }

    private List<String> storm(List<ChaosAction> actions) {
        for (ChaosAction action : actions) {
            play(action);
        }
        Optional<String> unrest = rest();
        ChaosEvidence evidence = evidence();
        ChaosJudge judge = new ChaosJudge(rooms, hub, evidence);
        if (ChaosTest.REPLAY) {
            System.out.println(evidence.story());
        }
        List<String> verdict = new ArrayList<>(cluster.surprises());
        unrest.ifPresent(verdict::add);
        verdict.addAll(judge.verdict());
        judge.count(tally);
        return verdict;
    }

    private void play(ChaosAction action) {
        tally.count("actions");
        Random random = action.random();
        ChaosRoom room = rooms.get(random.nextInt(rooms.size()));
        String mark = action.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + action.number();
        if (DESK.contains(action.kind())) {
            desk.act(action.kind(), room, mark, random);
        } else if (!portal(action.kind(), room, mark, random) && !bridge(action.kind(), random)) {
            wrong(action.kind(), room, mark, random);
        }
    }

    private boolean portal(Kind kind, ChaosRoom room, String mark, Random random) {
        switch (kind) {
            case TURN -> portal.turn(room);
            case CUSTOMER_SAYS -> portal.says(room, Voice.CUSTOMER, mark, random);
            case PARTNER_SAYS -> portal.says(room, Voice.PARTNER, mark, random);
            case BOT_SAYS -> portal.says(room, Voice.AUTOMATION, mark, random);
            case REMEDIATION -> portal.remediation(room, mark);
            case WORSE -> portal.worse(room);
            case RETITLED -> portal.retitled(room, mark);
            case STATUS -> portal.status(room);
            case SNAPSHOT -> portal.snapshot(room, random.nextBoolean());
            case PHOTO -> portal.photo(room, mark, random);
            case SENT_TWICE -> portal.again(room, random);
            case SENT_LATE -> portal.late(room);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean bridge(Kind kind, Random random) {
        int node = cluster.alive(random.nextInt(ChaosStation.NODES));
        switch (kind) {
            case DELIVER -> deliver(node, 1 + random.nextInt(4), random);
            case POLL -> poll(node, random);
            case APPOINTMENTS -> cluster.on(node, ChaosNode::appointments);
            case REPLAY -> cluster.on(node, ChaosNode::replay);
            case CARRY -> cluster.on(node, ChaosNode::carry);
            case SECONDS -> pass(Duration.ofMillis(random.nextInt(30_000)));
            case MINUTES -> pass(Duration.ofSeconds(30 + random.nextInt(1200)));
            case HOURS -> pass(Duration.ofMinutes(30 + random.nextInt(360)));
            case CLOCK_JUMP -> clockJump(node, random);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void clockJump(int node, Random random) {
        Duration ofMachine = Duration.ofMillis(random.nextInt(8000) - 4000);
        Duration ofWorld = Duration.ofMillis(random.nextInt(60_000) - 30_000);
        cluster.node(node).wrongBy(ofMachine, ofWorld);
        tally.count(ofMachine.isNegative() ? "clock_back" : "clock_ahead");
    }

    private void wrong(Kind kind, ChaosRoom room, String mark, Random random) {
        int node = cluster.alive(random.nextInt(ChaosStation.NODES));
        int partition = random.nextInt(ChaosHub.PARTITIONS);
        switch (kind) {
            case FAULT -> faults.one(random);
            case OUTAGE -> faults.outage(random);
            case REVOKED -> faults.revokeTokens();
            case GATED -> faults.gate();
            case FOREIGN_LINKS -> faults.foreignLinks();
            case PERSON_BETWEEN -> between(room, mark, random);
            case CRASH -> cluster.node(node).mortal().dieAt(1 + random.nextInt(15));
            case NODE_LOST -> cluster.lose(node, 1 + random.nextInt(10));
            case RESTART -> cluster.restart(node);
            case CLUSTER_RESTART -> cluster.restartAll();
            case STEAL -> steal(partition);
            case OVERLAP -> overlap(node, room, mark, random);
            case REDELIVERY -> hub.again(partition);
            case REWOUND -> hub.rewind(partition, random);
            case DEAF -> hub.deaf(node, Duration.ofSeconds(1 + random.nextInt(60)));
            case HUB_AWAY -> {
                hub.away(Duration.ofSeconds(1 + random.nextInt(600)));
                cluster.restart(node);
            }
            case CACHE_LOST -> cluster.cachesLost();
            case HUB_REFUSES -> hub.refuse(1 + random.nextInt(2));
            case HUB_THROTTLES -> hub.refuse(5 + random.nextInt(10));
            default -> throw new IllegalArgumentException("nothing happens: " + kind);
        }
        tally.count(kind.name().toLowerCase(Locale.ROOT));
    }

    private void steal(int partition) {
        if (cluster.whole()) {
            hub.steal(partition);
        }
    }

    /** A person is quicker than the bridge: between its look and its write, or while it writes. */
    void between(ChaosRoom room, String mark, Random random) {
        Kind what = BETWEEN.get(random.nextInt(BETWEEN.size()));
        Random own = new Random(random.nextLong());
        faults.between(random, () -> within(() -> desk.act(what, room, mark, own)));
    }

    /** What a person does between a look of the bridge and its write, nobody can respect: the price of the promise. */
    void within(Runnable act) {
        int before = station.serviceNow.history().writes().size();
        act.run();
        for (int i = before; i < station.serviceNow.history().writes().size(); i++) {
            unseen.add((long) i);
        }
    }

    /** A node is slow at some access to the store; meanwhile other things happen. */
    private void overlap(int node, ChaosRoom room, String mark, Random random) {
        int other = 1 - node;
        Random own = new Random(random.nextLong());
        cluster.node(node).mortal().meanwhile(1 + random.nextInt(12), () -> {
            if (overlapping || !cluster.whole()) {
                return;
            }
            overlapping = true;
            for (int i = 0; i <= own.nextInt(3); i++) {
                meanwhile(other, room, mark + "-" + i, own);
            }
            overlapping = false;
        });
    }

    private void meanwhile(int other, ChaosRoom room, String mark, Random random) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                for (int partition = 0; partition < ChaosHub.PARTITIONS; partition++) {
                    if (hub.owner(partition) != other) {
                        hub.steal(partition);
                    }
                }
                deliver(other, 1 + random.nextInt(4), random);
            }
            case 3, 4 -> poll(other, random);
            case 5 -> cluster.on(other, ChaosNode::appointments);
            case 6 -> pass(Duration.ofSeconds(1 + random.nextInt(100)));
            default -> within(() -> desk.act(BETWEEN.get(random.nextInt(BETWEEN.size())), room, mark, random));
        }
    }

    private void deliver(int node, int times, Random random) {
        for (int i = 0; i < times; i++) {
            Optional<ChaosHub.Entry> next = hub.next(node, random);
            if (next.isEmpty()) {
                return;
            }
            Optional<Duration> wait = attempt(node, next.get(), random.nextInt(3) > 0);
            if (wait.isPresent() && random.nextBoolean()) {
                pass(wait.get());
            }
        }
    }

    /** Returns how long to wait, when the event has to be presented again. */
    private Optional<Duration> attempt(int node, ChaosHub.Entry entry, boolean checkpointed) {
        List<Duration> wait = new ArrayList<>();
        cluster.on(node, reader -> {
            try {
                String name = node + "/" + entry.partition() + "/" + entry.offset();
                reader.attempt(entry.bytes(), attempts.merge(name, 1, Integer::sum));
                hub.finished(node, entry, checkpointed);
            } catch (RetryLater later) {
                tally.count("retries");
                wait.add(later.after().plusMillis(500));
            }
        });
        return wait.stream().findFirst();
    }

    void poll(int node, Random random) {
        if (poller != node) {
            poller = node;
            fence++;
        }
        long under = fence;
        cluster.on(node, reader -> reader.poll(under, command -> taken(command, random)));
    }

    /** An unreliable hub refuses a command, or takes it and does not say so. */
    private boolean taken(OutgoingCommand command, Random random) {
        if (hub.refuses()) {
            if (random.nextBoolean()) {
                portal.perform(command);
            }
            return false;
        }
        portal.perform(command);
        return true;
    }

    void pass(Duration time) {
        station.truth.advance(time);
        station.serviceNow.tick();
    }

    /** Nobody does anything more and nothing goes wrong any more; the bridge gets all the time it needs. */
    private Optional<String> rest() {
        faults.count(tally);
        mend();
        rooms.forEach(portal::release);
        ChaosBooks books = new ChaosBooks(station.jdbi());
        int quiet = 0;
        for (int round = 0; round < 60; round++) {
            pass(round == 0 ? Duration.ofSeconds(80) : books.untilNextAppointment(station.truth.instant()));
            drain();
            int node = round % 2;
            if (round == 1) {
                cluster.on(node, ChaosNode::replay);
            }
            cluster.on(node, ChaosNode::appointments);
            if (books.waiting().stream().anyMatch(left -> left.endsWith("files"))) {
                cluster.on(node, ChaosNode::carry);
            }
            poll(node, new Random(round));
            tally.count("rounds");
            quiet = hub.drained() && books.waiting().isEmpty() ? quiet + 1 : 0;
            if (quiet == QUIET) {
                return Optional.empty();
            }
        }
        return Optional.of(
                "the bridge did not come to rest: " + books.waiting() + (hub.drained() ? "" : ", unread events"));
    }

    void drain() {
        for (int i = 0; i < 200 && !hub.drained(); i++) {
            for (int node = 0; node < ChaosStation.NODES; node++) {
                for (ChaosHub.Entry entry : hub.heads(node)) {
                    attempt(node, entry, true).ifPresent(this::pass);
                }
            }
        }
    }

    /** Nothing is wrong any more, until something goes wrong again. */
    void mend() {
        faults.end();
        hub.mend();
        cluster.mend();
    }

    Instant now() {
        return station.truth.instant();
    }

    void reach(Instant moment) {
        pass(Duration.between(now(), moment));
    }

    List<ChaosRoom> rooms() {
        return rooms;
    }

    ChaosPortal portal() {
        return portal;
    }

    ChaosDesk desk() {
        return desk;
    }

    ChaosCluster cluster() {
        return cluster;
    }

    ChaosFaults faults() {
        return faults;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
