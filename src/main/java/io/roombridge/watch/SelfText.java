package io.roombridge.watch;

import java.util.List;
import java.util.stream.Collectors;

/** What the bridge says about itself: plain words, and where to read what to do. Nothing of tickets, rooms or people. */
final class SelfText {

    private SelfText() {}

    static String title(String name) {
        return "Roombridge needs attention: " + name;
    }

    static String wrong(List<Trouble> troubles) {
        return troubles.stream()
                .map(one -> one.words() + "\n" + one.kind().todo() + "\nSee docs/operations.md, \""
                        + one.kind().alert() + "\".")
                .collect(Collectors.joining(
                        "\n\n",
                        "Roombridge, the bridge between Teams Rooms and ServiceNow, needs a person:\n\n",
                        "\n\nTickets are not lost meanwhile. This incident is resolved by the bridge itself when all is well,"
                                + " unless somebody takes it over."));
    }

    static String resolved(long minutes) {
        return "All has been well for " + minutes + " minutes. Resolved by the bridge.";
    }

    static String well(long minutes) {
        return "All has been well for " + minutes + " minutes. Please resolve this incident when your work is done.";
    }
}
