package io.roombridge.report;

import io.roombridge.report.Review.Headline;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Says what the figures are, in the words of people who do not know the bridge. Pure. */
final class InWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final long PERCENT = 100;

    private final Figures figures;

    private InWords(Figures figures) {
        this.figures = figures;
    }

    static Review of(Figures figures) {
        InWords words = new InWords(figures);
        return new Review(
                "Meeting rooms in ServiceNow: " + words.days(),
                words.subtitle(),
                words.summary(),
                words.headline(),
                Stream.of(
                                AboutIncidents.sections(figures),
                                AboutRooms.sections(figures),
                                AboutEvents.sections(figures),
                                AboutServiceNow.sections(figures),
                                AboutKnowledge.sections(figures))
                        .flatMap(List::stream)
                        .toList());
    }

    private String days() {
        LocalDate from = figures.period().from();
        LocalDate to = figures.period().to();
        if (from.equals(to)) {
            return DAY.format(from);
        }
        boolean oneMonth = YearMonth.from(from).equals(YearMonth.from(to));
        return (oneMonth ? Integer.toString(from.getDayOfMonth()) : DAY.format(from)) + " to " + DAY.format(to);
    }

    private String subtitle() {
        return "Days of " + figures.period().zone() + ". " + mode();
    }

    private String mode() {
        if (figures.endedInShadow()) {
            return "Shadow mode: everything was read and decided, and nothing was written to ServiceNow or to the portal."
                    + " An incident here is one that would exist.";
        }
        return figures.beganInShadow()
                ? "Shadow mode until " + figures.activated().orElseThrow() + ", live since: an incident decided before"
                        + " that moment is one that would have existed, and what was still open then is decided twice."
                : "Live: an incident here is one that Roombridge opened in ServiceNow.";
    }

    private List<String> summary() {
        long faults = figures.faults();
        long incidents = figures.incidents();
        String would = figures.endedInShadow() ? " would have opened " : " opened ";
        List<String> sentences = new ArrayList<>(List.of(
                "The rooms reported " + count(faults, "fault") + ", and Roombridge" + would
                        + count(incidents, "incident") + " for them; a bridge that opens one for each report would have"
                        + " opened " + number(faults) + ", so there were " + saved() + " fewer.",
                "It put " + count(figures.heldTogether(), "relapse") + " into the incident that was there already, held"
                        + " back " + count(figures.flapping(), "flap")
                        + " (unhealthy again before the recovery counted),"
                        + " and saw several rooms of one floor go offline together "
                        + times(figures.outages().size()) + ".",
                AboutEvents.accounted(figures)));
        if (figures.takenOver() > 0) {
            sentences.add(count(figures.takenOver(), "incident")
                    + " of another integration, taken over by Roombridge in this time, "
                    + (figures.takenOver() == 1 ? "is" : "are") + " not among those that it opened.");
        }
        if (figures.ofAnother() > 0) {
            sentences.add(count(figures.ofAnother(), "report")
                    + " of rooms whose incident another integration had, or may have had, made Roombridge open none; the"
                    + " comparison leaves them out.");
        }
        return sentences;
    }

    /**
     * How many per cent fewer incidents, rounded down: nothing is promised that is not there. In shadow mode ServiceNow closes
     * nothing, so a relapse opens an incident again that would have been closed by then: at worst, each of them.
     */
    private String saved() {
        long least = figures.endedInShadow() ? percent(figures.incidents() + figures.heldTogether()) : most();
        return (least == most() ? number(most()) : number(least) + " to " + number(most())) + "\u00a0%";
    }

    private long most() {
        return percent(figures.incidents());
    }

    private long percent(long incidents) {
        long faults = figures.faults() - figures.ofAnother();
        return incidents < faults ? (faults - incidents) * PERCENT / faults : 0;
    }

    private List<Headline> headline() {
        long faults = figures.faults();
        long incidents = figures.incidents();
        return List.of(
                new Headline(
                        number(faults),
                        "reports of faults",
                        "The portal said so often that a signal of a room is unhealthy; copies do not count."),
                new Headline(
                        number(incidents),
                        figures.endedInShadow() ? "incidents that would exist" : "incidents",
                        "What the service desk has to work on."),
                new Headline(
                        saved(),
                        "fewer incidents",
                        "Than with one for each report of a fault."
                                + (figures.endedInShadow()
                                        ? " The less if ServiceNow had closed each incident before its relapse."
                                        : "")),
                new Headline(
                        number(figures.heldTogether() + figures.flapping()),
                        "repeats without a new incident",
                        "Relapses put into the incident that was there, and flaps held back."),
                new Headline(
                        number(figures.waiting()),
                        figures.waiting() == 1 ? "change waits for a person" : "changes wait for a person",
                        "Set aside in this time with their content, and still open; `dead list` shows them."));
    }

    static String count(long times, String what) {
        return number(times) + " " + what + (times == 1 ? "" : "s");
    }

    static String times(long times) {
        return times == 1 ? "once" : number(times) + " times";
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
