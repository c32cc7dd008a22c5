package io.roombridge.closing;

import java.time.LocalDate;

/** A day on which a customer's building is closed though the calendar does not say so. */
public record ClosedDay(LocalDate date, String name) {}
