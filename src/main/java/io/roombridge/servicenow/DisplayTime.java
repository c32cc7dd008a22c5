package io.roombridge.servicenow;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How an instance shows times to the integration user: one of its date formats and the user's time zone, neither of which
 * can be asked for. Both follow from times of which the stored value (UTC) and the shown text are known.
 *
 * <p>A zone shows as an offset only, which differs between summer and winter; the offset of the known time nearest to the
 * shown one counts. Between a clock change and the nearest known time an hour may be wrong.
 */
final class DisplayTime {

    /** The date formats a user may choose. */
    static final List<String> DATES =
            List.of("yyyy-MM-dd", "MM-dd-yyyy", "dd-MM-yyyy", "dd/MM/yyyy", "dd.MM.yyyy", "MM/dd/yyyy");

    /** The time formats a user may choose. */
    static final List<String> TIMES = List.of("HH:mm:ss", "hh:mm:ss a", "HH.mm.ss");

    private static final Duration WIDEST_OFFSET = Duration.ofHours(14);
    private static final Duration SUMMER = Duration.ofHours(2);
    private static final long QUARTER = Duration.ofMinutes(15).toSeconds();

    /** A time as it is stored and as it is shown. */
    record Sample(Instant stored, String shown) {}

    private record Offset(LocalDateTime shown, Duration ahead) {}

    private final DateTimeFormatter format;
    private final List<Offset> offsets;

    private DisplayTime(DateTimeFormatter format, List<Offset> offsets) {
        this.format = format;
        this.offsets = offsets;
    }

    /** Every way of showing times that explains all samples; more than one while days and months can be confused. */
    static List<DisplayTime> explaining(List<Sample> samples) {
        List<DisplayTime> fitting = new ArrayList<>();
        for (String date : DATES) {
            for (String time : TIMES) {
                DateTimeFormatter format = DateTimeFormatter.ofPattern(date + " " + time, Locale.ENGLISH);
                offsets(format, samples).ifPresent(offsets -> fitting.add(new DisplayTime(format, offsets)));
            }
        }
        return fitting;
    }

    /** Empty when the text is no time in this format. */
    Optional<Instant> parse(String text) {
        return local(format, text).map(shown -> shown.toInstant(ZoneOffset.UTC).minus(ahead(shown)));
    }

    private Duration ahead(LocalDateTime shown) {
        return offsets.stream()
                .min(Comparator.comparing(
                        known -> Duration.between(known.shown(), shown).abs()))
                .map(Offset::ahead)
                .orElse(Duration.ZERO);
    }

    private static Optional<List<Offset>> offsets(DateTimeFormatter format, List<Sample> samples) {
        List<Offset> offsets = new ArrayList<>();
        for (Sample sample : samples) {
            Optional<LocalDateTime> shown = local(format, sample.shown());
            Duration ahead = shown.map(local -> Duration.between(sample.stored(), local.toInstant(ZoneOffset.UTC)))
                    .orElse(Duration.ofDays(1));
            if (ahead.abs().compareTo(WIDEST_OFFSET) > 0 || ahead.toSeconds() % QUARTER != 0) {
                return Optional.empty();
            }
            offsets.add(new Offset(shown.get(), ahead));
        }
        Comparator<Offset> byAhead = Comparator.comparing(Offset::ahead);
        boolean oneZone = offsets.isEmpty()
                || offsets.stream()
                                .max(byAhead)
                                .orElseThrow()
                                .ahead()
                                .minus(offsets.stream()
                                        .min(byAhead)
                                        .orElseThrow()
                                        .ahead())
                                .compareTo(SUMMER)
                        <= 0;
        return oneZone && !offsets.isEmpty() ? Optional.of(offsets) : Optional.empty();
    }

    private static Optional<LocalDateTime> local(DateTimeFormatter format, String text) {
        try {
            return Optional.of(LocalDateTime.parse(text.strip().toUpperCase(Locale.ROOT), format));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
