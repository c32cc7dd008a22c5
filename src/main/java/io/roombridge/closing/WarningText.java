package io.roombridge.closing;

import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the customer, or the group that speaks for it, is told before a ticket is closed. */
public final class WarningText {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);

    private WarningText() {}

    /** For the customer, where the customer reads. */
    public static String toCustomer(String number, Timetable timetable) {
        return "We have not heard from you about " + number + ". Without an answer until the " + timetable.inWords()
                + " it will be closed. Any answer keeps it open.";
    }

    /** For the group, where nobody reads the caller's mail. */
    public static String toGroup(String number, Timetable timetable, String signal) {
        return number + " waits for its customer since "
                + DAY.format(timetable.due().start().atZone(timetable.due().zone()))
                + " and will be closed for inactivity after the " + timetable.inWords()
                + ". The customer was told in the portal. Signal in the portal: " + signal + ".";
    }
}
