package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.JournalEntry;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The conversation lane, cut off by a crash at every place there is, one after the other: each text is written once, and
 * in its order. {@link Bench#dieAtStoreAccess} says why these are all places.
 *
 * <p>Replay a random scenario with {@code -Dcrashes.seed=N}.
 */
class EveryCrashPointTest extends OnBench {

    private static final String SIGNAL = "Camera";
    private static final int SCENARIOS = 3;

    static LongStream seeds() {
        Long one = Long.getLong("crashes.seed");
        return one == null ? LongStream.rangeClosed(1, SCENARIOS) : LongStream.of(one);
    }

    @Test
    void aTextInPartsGoesOnWithTheNextPart() {
        String text = IntStream.range(0, 200)
                .mapToObj(i -> "line-" + i + " of a report that is too long for one entry")
                .collect(Collectors.joining("\n"));
        everywhere(
                room -> bench.deliver(of(room).opened(1)),
                room -> bench.deliver(of(room).message("m-" + room, text)),
                room -> assertThat(said(room).stream()
                                .flatMap(String::lines)
                                .filter(line -> line.startsWith("line-"))
                                .map(line -> Integer.parseInt(line.substring(5, line.indexOf(' ')))))
                        .as(room)
                        .isEqualTo(IntStream.range(0, 200).boxed().toList()));
    }

    @Test
    void whatWasGatheredIsWrittenOnceBeforeThePersonsMessage() {
        everywhere(
                room -> {
                    bench.deliver(of(room).opened(1));
                    bench.deliver(of(room).remediation("r1-" + room, "one of two"));
                },
                room -> {
                    bench.deliver(of(room).remediation("r2-" + room, "two of two"));
                    bench.deliver(of(room).message("m-" + room, "three"));
                },
                room -> assertThat(String.join("\n", said(room)))
                        .as(room)
                        .containsOnlyOnce("one of two")
                        .containsOnlyOnce("two of two")
                        .containsOnlyOnce("three")
                        .containsSubsequence("one of two", "two of two", "three"));
    }

    @Test
    void whatWasGatheredIsWrittenOnceBySchedule() {
        everywhere(
                room -> {
                    bench.deliver(of(room).opened(1));
                    bench.deliver(of(room).remediation("r1-" + room, "one of two"));
                    bench.deliver(of(room).remediation("r2-" + room, "two of two"));
                },
                room -> letTimePass(),
                room -> assertThat(said(room))
                        .as(room)
                        .singleElement()
                        .asString()
                        .containsSubsequence("one", "two"));
    }

    @Test
    void aMessageForAClosedIncidentIsCarriedByOneFollowUpAndToldOnce() {
        everywhere(
                room -> {
                    bench.deliver(of(room).opened(1));
                    bench.close(room, SIGNAL);
                },
                room -> bench.deliver(of(room).message("m-" + room, "It flickers")),
                room -> {
                    assertThat(bench.ticket(room, SIGNAL).chain()).as(room).hasSize(2);
                    assertThat(said(room)).as(room).hasSize(1);
                    assertThat(told(room)).as(room).isEqualTo(1);
                });
    }

    @Test
    void thanksOnAClosedIncidentAreKeptAndToldOnce() {
        everywhere(
                room -> {
                    bench.deliver(of(room).opened(1));
                    bench.deliver(of(room).resolved(2));
                    bench.pass(Duration.ofMinutes(20));
                    bench.close(room, SIGNAL);
                },
                room -> bench.deliver(of(room).message("m-" + room, "Thanks")),
                room -> {
                    assertThat(bench.ticket(room, SIGNAL).chain()).as(room).hasSize(1);
                    assertThat(told(room)).as(room).isEqualTo(1);
                });
    }

    @Test
    void aMessageForAnUnknownTicketMakesOneIncidentAndStandsInIt() {
        everywhere(room -> {}, room -> bench.deliver(of(room).message("m-" + room, "Is anybody there?")), room -> {
            assertThat(bench.ticket(room, SIGNAL).chain()).as(room).hasSize(1);
            assertThat(said(room)).as(room).hasSize(1);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverIsSaidStandsOnceAndInOrderAfterCrashesAndFaults(long seed) {
        Random random = new Random(seed);
        List<List<String>> spoken = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 45; i++) {
            int room = random.nextInt(3);
            String id = "s" + seed + "-" + i;
            boolean person = random.nextBoolean();
            String text = "text " + id + "." + " and more".repeat(random.nextInt(4) == 0 ? 600 : 0);
            PortalEvent event = person
                    ? of("room-" + room).said(id, "customer", random.nextBoolean() ? "customer" : "internal", text)
                    : of("room-" + room).remediation(id, text);
            spoken.get(room).add("text " + id + ".");
            maybeFault(random);
            dieMaybe(random, () -> bench.deliver(event));
            dieMaybe(random, () -> bench.pass(Duration.ofSeconds(random.nextInt(150))));
        }
        bench.serviceNow.faults().clear();
        letTimePass();

        for (int room = 0; room < 3; room++) {
            String all = String.join("\n", said("room-" + room));
            List<String> texts = spoken.get(room);
            assertThat(texts)
                    .as("room %s, replay with -Dcrashes.seed=%s", room, seed)
                    .allSatisfy(text -> assertThat(all).containsOnlyOnce(text));
            assertThat(all).as("order, seed %s", seed).containsSubsequence(texts);
        }
    }

    private void maybeFault(Random random) {
        List<Fault> faults = List.of(
                Fault.timeoutAfterCommit(),
                Fault.timeoutBeforeCommit(),
                Fault.lateCommit(Duration.ofSeconds(55)),
                Fault.truncated(),
                Fault.htmlPage(503),
                Fault.connectionReset());
        if (random.nextInt(4) == 0) {
            bench.serviceNow.faults().on(RequestMatcher.anything()).next(1, faults.get(random.nextInt(faults.size())));
        }
    }

    private void dieMaybe(Random random, Runnable act) {
        if (random.nextInt(4) == 0) {
            bench.dieAtStoreAccess(1 + random.nextInt(15));
        }
        untilDone(act);
    }

    /** Prepares a room, acts on it and dies at its first place, the next room at the second, until the act is through. */
    private void everywhere(Consumer<String> prepare, Consumer<String> act, Consumer<String> check) {
        boolean died = true;
        int place = 0;
        while (died) {
            place++;
            String room = "room-" + place;
            prepare.accept(room);
            bench.dieAtStoreAccess(place);
            died = untilDone(() -> act.accept(room));
            check.accept(room);
        }
        assertThat(place).as("places to crash at").isGreaterThan(4);
    }

    /** Returns whether the process died on the way. */
    private boolean untilDone(Runnable act) {
        try {
            act.run();
            bench.dieAtStoreAccess(Integer.MAX_VALUE);
            return false;
        } catch (MortalDataSource.Crash died) {
            bench.reborn();
            act.run();
            return true;
        }
    }

    /** So long that a write that was cut off is settled, and everything that waits is written. */
    private void letTimePass() {
        for (int i = 0; i < 4; i++) {
            bench.pass(Duration.ofMinutes(2));
        }
    }

    /** What was said in the portal, as it stands in all incidents of a ticket, oldest first. */
    private List<String> said(String room) {
        Ticket ticket = bench.ticket(room, SIGNAL);
        return ticket.chain().stream()
                .map(Incident::sysId)
                .flatMap(sysId -> bench.serviceNow.desk().journal(sysId).stream())
                .map(JournalEntry::value)
                .filter(entry -> !entry.startsWith("Opened"))
                .toList();
    }

    private long told(String room) {
        return bench.outbox().unsent(1000).stream()
                .filter(unsent -> unsent.command().partitionKey().endsWith("|t-" + room))
                .count();
    }

    private PortalEvent of(String room) {
        return PortalEvent.of(room, SIGNAL).at(bench.clock.instant());
    }
}
