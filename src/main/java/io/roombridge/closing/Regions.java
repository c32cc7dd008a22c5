package io.roombridge.closing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The 21 regions of the managed service (seed 004) and their ISO 3166-2 subdivisions, by code. */
final class Regions {

    private final JsonNode countries;
    private final JsonNode zones;
    private final JsonNode unsupported;
    private final JsonNode uncovered;
    private final Set<String> uniform = new TreeSet<>();
    private final Map<String, String> parents = new HashMap<>();

    Regions() {
        JsonNode table = Tables.yaml("regions.yaml");
        countries = table.required("countries");
        zones = table.required("zones");
        unsupported = table.required("unsupported");
        uncovered = table.required("uncovered");
        table.required("uniform").forEach(country -> uniform.add(country.asText()));
        Tables.rows("subdivisions.csv").forEach(row -> parents.put(row[0], row[1]));
    }

    Finding<Region> find(String word) {
        String code = word.strip().toUpperCase(Locale.ROOT);
        String country = code.split("-", 2)[0];
        if (!countries.has(country)) {
            return Finding.refused("region \"" + word + "\" has no business calendar: expected an ISO 3166 code of "
                    + String.join(", ", codes()) + " or of one of their subdivisions, such as DE-BY");
        }
        if (uncovered.has(code)) {
            return Finding.refused("region \"" + word + "\" has no business calendar: "
                    + uncovered.get(code).asText());
        }
        if (!code.equals(country) && !parents.containsKey(code)) {
            return Finding.refused("region \"" + word + "\" is no ISO 3166-2 subdivision of " + country
                    + ": correct it, or give " + country + " alone, where a holiday of any subdivision counts");
        }
        return Finding.found(region(code, country));
    }

    Set<String> codes() {
        Set<String> codes = new TreeSet<>();
        countries.fieldNames().forEachRemaining(codes::add);
        return codes;
    }

    private Region region(String code, String country) {
        List<String> lineage = lineage(code);
        return new Region(
                code,
                countries.get(country).asText(),
                lineage,
                zonesOf(lineage),
                code.equals(country) && !uniform.contains(country),
                lineage.stream()
                        .filter(unsupported::has)
                        .findFirst()
                        .map(one -> unsupported.get(one).asText()));
    }

    private List<String> lineage(String code) {
        LinkedList<String> lineage = new LinkedList<>();
        for (Optional<String> at = Optional.of(code); at.isPresent(); at = at.map(parents::get)) {
            lineage.addFirst(at.get());
        }
        return lineage;
    }

    private List<ZoneId> zonesOf(List<String> lineage) {
        String nearest = lineage.stream()
                .filter(zones::has)
                .reduce((above, below) -> below)
                .orElseThrow();
        return StreamSupport.stream(zones.get(nearest).spliterator(), false)
                .map(zone -> ZoneId.of(zone.asText()))
                .toList();
    }
}
