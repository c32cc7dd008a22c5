package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DutiesTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration LENGTH = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private Database database;
    private Jdbi jdbi;

    @BeforeEach
    void open() {
        database = database(directory);
        jdbi = Jdbi.create(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    Database database(Path ofThisTest) {
        return Database.open(Database.fileIn(ofThisTest), "sa", "");
    }

    @Test
    void oneHolderAtATime() {
        WorkLeases one = leases("one", "poll");
        WorkLeases other = leases("other", "poll");

        assertThat(take(one, NOON)).containsEntry("poll", 1L);
        assertThat(take(other, NOON.plusSeconds(59))).isEmpty();
        assertThat(take(one, NOON.plusSeconds(59))).containsEntry("poll", 1L);
        assertThat(take(other, NOON.plusSeconds(61))).isEmpty();
    }

    @Test
    void whoSleptThroughItsTimeHoldsNothingAnyMore() {
        WorkLeases one = leases("one", "poll");
        WorkLeases other = leases("other", "poll");
        take(one, NOON);
        assertThat(holds(one, 1, NOON.plusSeconds(61))).isFalse();

        assertThat(take(other, NOON.plusSeconds(61))).containsEntry("poll", 2L);
        assertThat(holds(one, 1, NOON.plusSeconds(62))).isFalse();
        assertThat(take(one, NOON.plusSeconds(200))).containsEntry("poll", 3L);
    }

    @Test
    void eachKindOfWorkGoesItsOwnWay() {
        WorkLeases one = leases("one", "poll");
        WorkLeases other = leases("other", "poll", "sweep");
        take(one, NOON);

        assertThat(take(other, NOON)).isEqualTo(Map.of("sweep", 1L));
    }

    @Test
    void whoStopsGivesItsWorkBackAtOnce() {
        Duties one = Duties.start(jdbi, "one", List.of("poll"), LENGTH);
        Duties other = new Duties(leases("other", "poll"), LENGTH, System::nanoTime);
        other.look();
        assertThat(other.of("poll").fence()).isEmpty();

        one.close();
        other.look();

        assertThat(one.of("poll").fence()).isEmpty();
        assertThat(other.of("poll").fence()).contains(2L);
        assertThat(other.of("poll").holds(2)).isTrue();
    }

    @Test
    void whatIsNotRenewedEndsByItselfAlsoWhileTheStoreIsAway() {
        AtomicLong nanos = new AtomicLong();
        Duties duties = new Duties(leases("one", "poll"), LENGTH, nanos::get);
        duties.look();

        nanos.set(LENGTH.toNanos() - 1);
        assertThat(duties.of("poll").fence()).contains(1L);
        nanos.set(LENGTH.toNanos());
        assertThat(duties.of("poll").fence()).isEmpty();
    }

    @Test
    void aCursorThatAnotherHolderMovedStaysWhereItIs() {
        PollCursors cursors = new PollCursors(jdbi);
        assertThat(cursors.move("main", "changes", PollCursors.Place.from(NOON), 1))
                .isTrue();
        assertThat(cursors.move("main", "changes", PollCursors.Place.from(NOON.plusSeconds(60)), 2))
                .isTrue();

        boolean late = cursors.move("main", "changes", PollCursors.Place.from(NOON.plusSeconds(10)), 1);

        assertThat(late).isFalse();
        assertThat(cursors.at("main", "changes")).contains(PollCursors.Place.from(NOON.plusSeconds(60)));
    }

    private WorkLeases leases(String holder, String... names) {
        WorkLeases leases = new WorkLeases(jdbi, holder, List.of(names), LENGTH);
        leases.prepare();
        return leases;
    }

    private Map<String, Long> take(WorkLeases leases, Instant now) {
        return jdbi.inTransaction(handle -> leases.take(handle, now));
    }

    private boolean holds(WorkLeases leases, long fence, Instant now) {
        return jdbi.withHandle(handle -> leases.holds(handle, "poll", fence, now));
    }
}
