package io.roombridge.mapping;

import io.roombridge.ticket.Actor;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The first line of everything the bridge writes for somebody else, {@code From the Teams Rooms portal: NAME, ROLE · TIME
 * UTC} (design, section 3.5). It is part of how the bridge knows its own entries, so it is not left to the mapping files.
 */
public final class Authorship {

    private static final String START = "From the Teams Rooms portal:";

    private static final Pattern WHOLE = Pattern.compile(Pattern.quote(START) + " .+, .+ · .+");

    private Authorship() {}

    /** @param name as the portal reports it; {@code time} as {@link Times#utc} writes it */
    static String header(String name, String role, String time) {
        return START + " " + PlainText.oneLine(name) + ", " + role + " · " + time;
    }

    /** Whether the line has the form of the header, whatever its case. */
    public static boolean isHeader(String line) {
        return line.strip().toLowerCase(Locale.ROOT).startsWith(START.toLowerCase(Locale.ROOT));
    }

    /** Whether the line is a whole header, to the letter. */
    public static boolean isWholeHeader(String line) {
        return WHOLE.matcher(line.strip()).matches();
    }

    /** Where a header begins inside a line; -1 when there is none. */
    public static int headerIn(String line) {
        return line.indexOf(START);
    }

    /** Whether an entry of the bridge passes on what a person wrote, by the role in its header. */
    public static boolean isOfPerson(String entry) {
        String first = entry.strip().lines().findFirst().orElse("");
        int time = first.lastIndexOf(" · ");
        if (!isHeader(first) || time < 0) {
            return false;
        }
        String author = first.substring(0, time);
        return Actor.Type.of(author.substring(author.lastIndexOf(", ") + 1).strip())
                .filter(Actor.Type::human)
                .isPresent();
    }
}
