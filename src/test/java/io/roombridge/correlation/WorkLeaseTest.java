package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkLeaseTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path directory;

    private Database database;
    private WorkLease one;
    private WorkLease other;

    @BeforeEach
    void open() {
        database = Database.open(Database.fileIn(directory), "sa", "");
        Jdbi jdbi = Jdbi.create(database.dataSource());
        one = new WorkLease(jdbi, "inactivity", "one", Duration.ofMinutes(1));
        other = new WorkLease(jdbi, "inactivity", "other", Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oneHolderAtATime() {
        assertThat(one.take(NOON)).contains(1L);
        assertThat(other.take(NOON.plusSeconds(59))).isEmpty();
        assertThat(one.take(NOON.plusSeconds(59))).contains(1L);
        assertThat(other.take(NOON.plusSeconds(61))).isEmpty();
    }

    @Test
    void whoSleptThroughItsTimeHoldsNothingAnyMore() {
        long fence = one.take(NOON).orElseThrow();
        assertThat(one.holds(fence, NOON.plusSeconds(61))).isFalse();

        assertThat(other.take(NOON.plusSeconds(61))).contains(2L);
        assertThat(one.holds(fence, NOON.plusSeconds(62))).isFalse();
        assertThat(one.take(NOON.plusSeconds(200))).contains(3L);
    }
}
