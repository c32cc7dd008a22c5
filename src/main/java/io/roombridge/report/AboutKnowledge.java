package io.roombridge.report;

import io.roombridge.report.Review.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the report cannot know, and how its numbers can be counted again. */
final class AboutKnowledge {

    private AboutKnowledge() {}

    static List<Section> sections(Figures figures) {
        return List.of(
                new Section("What this report does not know", unknown(figures), List.of()),
                new Section("How to count this again", again(figures), List.of()));
    }

    private static List<String> unknown(Figures figures) {
        List<String> notes = new ArrayList<>();
        Period period = figures.period();
        if (figures.kept().isEmpty()) {
            notes.add("The store has no decision about any event, of any time: every count of events here is 0.");
        }
        figures.kept()
                .filter(kept -> kept.oldest().isAfter(period.begin()))
                .ifPresent(kept -> notes.add("The oldest decision in the store is of " + kept.oldest()
                        + ". What was before that was not read, or is forgotten (roombridge.store.keep-outcomes), and is missing"
                        + " here."));
        figures.kept()
                .filter(kept -> kept.newest().isBefore(period.end()))
                .ifPresent(kept -> notes.add("The newest decision in the store is of " + kept.newest()
                        + ": if the period was not over then, the rest of it is missing."));
        rebuilt(figures)
                .ifPresent(at -> notes.add("The store was rebuilt from ServiceNow at " + at
                        + "; what had been decided before is not known any more."));
        if (figures.endedInShadow()) {
            notes.add(
                    "In shadow mode nobody assigns, holds, comments or closes an incident, so it shows a little less work of"
                            + " people than there will be: each recovery resolves, and each relapse opens again.");
            notes.add(
                    "ServiceNow closes resolved incidents after some days (seven, unless it is configured otherwise), and a later"
                            + " relapse gets a new incident that names the old one. In shadow mode nothing is closed, so "
                            + InWords.count(figures.heldTogether(), "relapse")
                            + " opened an incident again, however old. How many of them would have been new incidents is not known; the"
                            + " lower of the two percentages takes all of them as new.");
        }
        if (figures.beganInShadow() && !figures.endedInShadow()) {
            notes.add(
                    "What was open when the bridge went live is counted in shadow mode and once more as a real incident.");
        }
        notes.add(
                "One incident for each report is what a bridge without a memory makes. How many the native integration would"
                        + " have made cannot be known; its documents name one incident for each active signal, and no rule for flapping.");
        notes.add(
                "Calls, faults of ServiceNow, copies of events and withheld places are counted in memory and written each minute:"
                        + " a process that was killed lost the last minute of them.");
        notes.add(
                "An event is counted when the bridge recorded what became of it. After an outage that may be later than it"
                        + " happened, and a replayed dead letter moves to the time of its replay.");
        return notes;
    }

    private static Optional<Instant> rebuilt(Figures figures) {
        return Optional.ofNullable(figures.life().get("rebuilt"))
                .filter(at -> at.isAfter(figures.period().begin()));
    }

    private static List<String> again(Figures figures) {
        Period period = figures.period();
        return List.of(
                "The same store and the same days give the same report, to the byte. No number rests on metrics or on the present"
                        + " time.",
                "Below each table stands which rows of the store are counted. They are those with a time from "
                        + period.begin()
                        + " up to, and without, " + period.end()
                        + ". Counts by the hour belong to the day in which their hour"
                        + " (UTC) begins.");
    }
}
