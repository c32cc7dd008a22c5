package io.roombridge.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The hour whose calls the nodes of a cluster share out, as the instance counts it. Pure: the time is an argument.
 *
 * <p>Only what the instance itself said can end an hour early. A node that has just started does not know when the hour
 * ends; an hour begun at its guess would have the whole budget once more (docs/rationale.md, "Several nodes").
 *
 * @param number rises with each hour, so that a node sees that what it set aside is of an earlier one
 * @param end by the clock of the nodes
 * @param told the instance said when it ends; otherwise the end is a guess
 * @param reserved calls that all nodes have set aside
 * @param limit of calls, as the instance said to some node; a node that has just started has heard nothing yet
 */
record Hour(long number, Instant end, boolean told, int reserved, OptionalInt limit) {

    static final Duration LENGTH = Duration.ofHours(1);

    /** Two ends less apart are the same, seen by two clocks. */
    static final Duration SAME = Duration.ofMinutes(1);

    /** Before the first call. */
    static final Hour NONE = new Hour(0, Instant.EPOCH, false, 0, OptionalInt.empty());

    /**
     * The hour that it is now.
     *
     * @param toldEnd when the instance said to the asking node that its hour ends, if that is still to come
     */
    Hour at(Instant now, Optional<Instant> toldEnd) {
        boolean over = toldEnd.map(other -> isOver(other, now)).orElse(!now.isBefore(end));
        return over
                ? new Hour(number + 1, toldEnd.orElseGet(() -> guess(now)), toldEnd.isPresent(), 0, lasting())
                : new Hour(number, toldEnd.orElse(end), told || toldEnd.isPresent(), reserved, limit);
    }

    /** A rule that nobody has heard of for a whole hour has been taken away. */
    private OptionalInt lasting() {
        return told ? limit : OptionalInt.empty();
    }

    /** A guessed end proves no new hour before it has come: what was set aside may belong to the hour that was told. */
    private boolean isOver(Instant toldEnd, Instant now) {
        return toldEnd.isAfter(end.plus(SAME)) && (told || !now.isBefore(end));
    }

    /** Hours follow one another. */
    private Instant guess(Instant now) {
        return told ? end.plus(LENGTH.multipliedBy(Duration.between(end, now).toHours() + 1)) : now.plus(LENGTH);
    }

    /** With what one node sets aside, and the limit that it was told. */
    Hour reserving(int calls, OptionalInt toldLimit) {
        return new Hour(number, end, told, reserved + calls, toldLimit.isPresent() ? toldLimit : limit);
    }
}
