package io.roombridge.closing;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The public holidays of a region and year: jollyday's, changed by the reviewed corrections. For a whole country the
 * holidays of every subdivision count too, because the room may stand in any of them and a later closing is the safe side;
 * subdivisions that the service does not cover (Quebec) stay out. A day that one town keeps counts only where the region
 * names that town: jollyday knows too few of them, and Portugal's alone would stand for half of June.
 */
final class PublicHolidays {

    private static final int NAMED_SUBDIVISIONS = 3;

    private final Regions regions;
    private final List<Correction> corrections;
    private final Map<String, SortedMap<LocalDate, String>> byRegionAndYear = new ConcurrentHashMap<>();

    PublicHolidays(Regions regions, List<Correction> corrections) {
        this.regions = regions;
        this.corrections = List.copyOf(corrections);
    }

    /** Names by date. A substitute day may stand in another year than its holiday, so three years are looked at. */
    SortedMap<LocalDate, String> of(Region region, int year) {
        return byRegionAndYear.computeIfAbsent(region.code() + " " + year, key -> {
            SortedMap<LocalDate, String> names = new TreeMap<>();
            IntStream.rangeClosed(year - 1, year + 1).forEach(each -> names.putAll(originatingIn(region, each)));
            names.keySet().removeIf(date -> date.getYear() != year);
            return names;
        });
    }

    private Map<LocalDate, String> originatingIn(Region region, int year) {
        HolidayManager manager = HolidayManager.getInstance(
                ManagerParameters.create(region.country().toLowerCase(Locale.ROOT)));
        List<String> branch = branch(manager.getCalendarHierarchy(), region.lineage());
        Map<LocalDate, String> names = corrected(manager, branch, region.lineage(), year);
        if (region.anySubdivision()) {
            keepers(manager, region.country(), year)
                    .forEach((date, byName) -> names.computeIfAbsent(date, day -> named(byName)));
        }
        return names;
    }

    /** The holidays of every covered subdivision: date, name, and the subdivisions that keep it under that name. */
    private Map<LocalDate, Map<String, List<String>>> keepers(HolidayManager manager, String country, int year) {
        Map<LocalDate, Map<String, List<String>>> keepers = new TreeMap<>();
        for (String child :
                new TreeSet<>(manager.getCalendarHierarchy().getChildren().keySet())) {
            String code = country + "-" + child.toUpperCase(Locale.ROOT);
            if (regions.find(code).toOptional().flatMap(Region::unsupported).isEmpty()) {
                corrected(manager, List.of(child), List.of(country, code), year)
                        .forEach((date, name) -> keepers.computeIfAbsent(date, day -> new TreeMap<>())
                                .computeIfAbsent(name, any -> new ArrayList<>())
                                .add(code));
            }
        }
        return keepers;
    }

    /** {@code Corpus Christi (DE-BW, DE-BY, DE-HE and 3 more)}. */
    private static String named(Map<String, List<String>> byName) {
        return byName.entrySet().stream()
                .map(one -> one.getKey() + " (" + listed(one.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private Map<LocalDate, String> corrected(
            HolidayManager manager, List<String> branch, List<String> lineage, int year) {
        Map<LocalDate, String> names = new TreeMap<>();
        manager.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, branch.toArray(String[]::new))
                .forEach(holiday -> put(names, holiday));
        for (Correction one : corrections) {
            if (lineage.stream().anyMatch(one.regions()::contains)) {
                one.apply(year, names);
            }
        }
        return names;
    }

    private static void put(Map<LocalDate, String> names, Holiday holiday) {
        String name = holiday.getDescription(Locale.ENGLISH);
        names.merge(holiday.getActualDate(), name, PublicHolidays::both);
        holiday.getObservedDate()
                .filter(observed -> !observed.equals(holiday.getActualDate()))
                .ifPresent(observed -> names.merge(observed, name + Correction.SUBSTITUTE, PublicHolidays::both));
    }

    private static String both(String one, String other) {
        return Stream.of(one.split(", ")).anyMatch(other::equals) ? one : one + ", " + other;
    }

    /** The path into jollyday's tree that the region's codes name; codes unknown there are passed over. */
    private static List<String> branch(CalendarHierarchy country, List<String> lineage) {
        List<String> branch = new ArrayList<>();
        CalendarHierarchy at = country;
        for (String code : lineage.subList(1, lineage.size())) {
            String local = code.substring(code.indexOf('-') + 1);
            Optional<String> child = at.getChildren().keySet().stream()
                    .filter(local::equalsIgnoreCase)
                    .findFirst();
            if (child.isPresent()) {
                branch.add(child.get());
                at = at.getChildren().get(child.get());
            }
        }
        return branch;
    }

    private static String listed(List<String> codes) {
        int more = codes.size() - NAMED_SUBDIVISIONS;
        String named = String.join(", ", codes.subList(0, Math.min(NAMED_SUBDIVISIONS, codes.size())));
        return more > 0 ? named + " and " + more + " more" : named;
    }
}
