package io.roombridge.closing;

import java.time.LocalDate;

/** A date that was passed over in a count, and why. */
public record Skipped(LocalDate date, Closed closed) {}
