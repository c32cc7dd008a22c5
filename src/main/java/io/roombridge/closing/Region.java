package io.roombridge.closing;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A country or subdivision whose business days the bridge can count.
 *
 * @param code ISO 3166-1 or 3166-2, upper case: {@code DE}, {@code DE-BY}, {@code IT-MI}
 * @param lineage the codes from the country down to this one: {@code IT, IT-25, IT-MI}
 * @param zones its time zones, the most usual one first
 * @param anySubdivision a whole country whose subdivisions keep different holidays: those of any of them count
 * @param unsupported why the managed service does not cover it, when it does not (seed 004: Quebec)
 */
public record Region(
        String code,
        String name,
        List<String> lineage,
        List<ZoneId> zones,
        boolean anySubdivision,
        Optional<String> unsupported) {

    public Region {
        lineage = List.copyOf(lineage);
        zones = List.copyOf(zones);
    }

    public String country() {
        return lineage.get(0);
    }

    @Override
    public String toString() {
        return code;
    }
}
