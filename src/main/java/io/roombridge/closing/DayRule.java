package io.roombridge.closing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The day that a correction names: {@code 2026-06-15}, {@code 01-30}, {@code easter+1}, {@code orthodox-easter-48},
 * {@code second monday of october}, {@code first tuesday of november+10}, {@code monday closest to 02-01}.
 */
final class DayRule {

    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth");
    private static final Pattern ONE_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern EACH_YEAR = Pattern.compile("\\d{2}-\\d{2}");
    private static final Pattern EASTER = Pattern.compile("(orthodox-)?easter([+-]\\d+)?");
    private static final Pattern IN_MONTH =
            Pattern.compile("(first|second|third|fourth|last) (\\w+day) of (\\w+)([+-]\\d+)?");
    private static final Pattern CLOSEST = Pattern.compile("(\\w+day) closest to (\\d{2}-\\d{2})");

    private final IntFunction<Optional<LocalDate>> in;

    private DayRule(IntFunction<Optional<LocalDate>> in) {
        this.in = in;
    }

    /** The day in that year; empty when the rule has none. */
    Optional<LocalDate> in(int year) {
        return in.apply(year);
    }

    static DayRule parse(String words) {
        if (ONE_DATE.matcher(words).matches()) {
            LocalDate date = LocalDate.parse(words);
            return new DayRule(year -> Optional.of(date).filter(day -> day.getYear() == year));
        }
        if (EACH_YEAR.matcher(words).matches()) {
            MonthDay day = monthDay(words);
            return new DayRule(year -> Optional.of(day.atYear(year)));
        }
        return parseMovable(words);
    }

    private static DayRule parseMovable(String words) {
        Matcher easter = EASTER.matcher(words);
        if (easter.matches()) {
            boolean western = easter.group(1) == null;
            int offset = offset(easter.group(2));
            return new DayRule(
                    year -> Optional.of((western ? Easter.western(year) : Easter.orthodox(year)).plusDays(offset)));
        }
        Matcher inMonth = IN_MONTH.matcher(words);
        if (inMonth.matches()) {
            return inMonth(inMonth);
        }
        Matcher closest = CLOSEST.matcher(words);
        if (closest.matches()) {
            DayOfWeek weekday = weekday(closest.group(1));
            MonthDay day = monthDay(closest.group(2));
            return new DayRule(
                    year -> Optional.of(day.atYear(year).minusDays(3).with(TemporalAdjusters.nextOrSame(weekday))));
        }
        throw new IllegalArgumentException("cannot read the day \"" + words
                + "\": expected a date, MM-DD, easter+N, \"second monday of october\" or \"monday closest to MM-DD\"");
    }

    private static DayRule inMonth(Matcher words) {
        DayOfWeek weekday = weekday(words.group(2));
        Month month = Month.valueOf(words.group(3).toUpperCase(Locale.ROOT));
        int ordinal = words.group(1).equals("last") ? -1 : ORDINALS.indexOf(words.group(1)) + 1;
        int offset = offset(words.group(4));
        return new DayRule(year -> Optional.of(LocalDate.of(year, month, 1)
                .with(TemporalAdjusters.dayOfWeekInMonth(ordinal, weekday))
                .plusDays(offset)));
    }

    private static MonthDay monthDay(String words) {
        return MonthDay.parse("--" + words);
    }

    static DayOfWeek weekday(String word) {
        return DayOfWeek.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static int offset(String word) {
        return word == null ? 0 : Integer.parseInt(word);
    }
}
