package io.roombridge.closing;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Time zones by their IANA or Windows id. A bare offset such as {@code +01:00} is refused: it knows no daylight saving, so
 * a count over its change would be an hour off.
 */
public final class TimeZones {

    private static final String ANY_TERRITORY = "001";

    private final Map<String, String> windows = new HashMap<>();
    private final Map<String, String> iana = new HashMap<>();

    public TimeZones() {
        Tables.rows("windows-zones.csv").forEach(row -> windows.put(key(row[0], row[1]), row[2]));
        ZoneId.getAvailableZoneIds().forEach(id -> iana.put(id.toLowerCase(Locale.ROOT), id));
    }

    /**
     * The zone of that id, in any case.
     *
     * @param region tells apart what Windows does not: {@code W. Europe Standard Time} is Europe/Berlin in Germany and
     *     Europe/Rome in Italy
     */
    public Finding<ZoneId> of(String id, Region region) {
        String word = id.strip();
        return Optional.ofNullable(windows.get(key(word, region.country())))
                .or(() -> Optional.ofNullable(windows.get(key(word, ANY_TERRITORY))))
                .or(() -> Optional.ofNullable(iana.get(word.toLowerCase(Locale.ROOT))))
                .map(name -> Finding.found(ZoneId.of(name)))
                .orElseGet(() -> Finding.refused("time zone \"" + id + "\" is unknown: expected an IANA id such as "
                        + region.zones().get(0) + " or a Windows id such as \"W. Europe Standard Time\""));
    }

    /**
     * The zone of a room: its own setting, or the only one of its region. Refused where the region has several, for no
     * ticket may come due on a guess.
     */
    public Finding<ZoneId> ofRoom(Optional<String> setting, Region region) {
        if (setting.isPresent()) {
            return of(setting.get(), region);
        }
        return region.zones().size() == 1
                ? Finding.found(region.zones().get(0))
                : Finding.refused("the room has no time zone, and " + region + " has several: set the room's own");
    }

    /**
     * The zone of a region for which none is set: its only one, else the first that has the offset of the moment given,
     * else its most usual one.
     */
    public static ZoneId usual(Region region, OffsetDateTime moment) {
        return region.zones().stream()
                .filter(zone -> zone.getRules().getOffset(moment.toInstant()).equals(moment.getOffset()))
                .findFirst()
                .orElse(region.zones().get(0));
    }

    private static String key(String id, String territory) {
        return id.toLowerCase(Locale.ROOT) + "," + territory;
    }
}
