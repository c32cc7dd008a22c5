package io.roombridge.correlation;

import io.roombridge.correlation.HourlyCounts.What;

/** Counts something that happens now, for reports. Called on the threads where it happens: quick, and without exceptions. */
@FunctionalInterface
public interface Tally {

    /** Counts nothing. */
    Tally NONE = (what, subject, detail, times) -> {};

    void count(What what, String subject, String detail, long times);
}
