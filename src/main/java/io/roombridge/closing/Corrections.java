package io.roombridge.closing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The reviewed corrections file.
 *
 * @param version which review, against which jollyday; part of the record of each closing
 */
record Corrections(String version, List<Correction> all) {

    private static final String SHIPPED = "holiday-corrections.yaml";

    Corrections {
        all = List.copyOf(all);
    }

    /** Refuses a region that no table knows: its correction would never be applied. */
    static Corrections read(Regions regions) {
        return of(Tables.yaml(SHIPPED), SHIPPED, regions);
    }

    /** @throws IllegalArgumentException with what is wrong in the text, and where */
    static Corrections read(String name, String yaml, Regions regions) {
        try {
            return of(Tables.parsed(yaml), name, regions);
        } catch (IOException e) {
            throw new IllegalArgumentException(name + ": cannot be read as YAML: " + e.getMessage(), e);
        }
    }

    private static Corrections of(JsonNode table, String file, Regions regions) {
        if (!table.hasNonNull("version") || !table.path("corrections").isArray()) {
            throw new IllegalArgumentException(file + ": expected \"version\" and a list of \"corrections\"");
        }
        List<Correction> all = StreamSupport.stream(
                        table.required("corrections").spliterator(), false)
                .map(Correction::parse)
                .toList();
        all.stream()
                .flatMap(one -> one.regions().stream())
                .flatMap(code -> regions.find(code).refusal().stream())
                .findFirst()
                .ifPresent(reason -> {
                    throw new IllegalArgumentException(file + ": " + reason);
                });
        return new Corrections(table.required("version").asText(), all);
    }
}
