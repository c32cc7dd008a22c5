package io.roombridge.closing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The reviewed corrections file.
 *
 * @param version which review, against which jollyday; part of the record of each closing
 */
record Corrections(String version, List<Correction> all) {

    Corrections {
        all = List.copyOf(all);
    }

    /** Refuses a region that no table knows: its correction would never be applied. */
    static Corrections read(Regions regions) {
        JsonNode table = Tables.yaml("holiday-corrections.yaml");
        List<Correction> all = StreamSupport.stream(
                        table.required("corrections").spliterator(), false)
                .map(Correction::parse)
                .toList();
        all.stream()
                .flatMap(one -> one.regions().stream())
                .flatMap(code -> regions.find(code).refusal().stream())
                .findFirst()
                .ifPresent(reason -> {
                    throw new IllegalArgumentException("holiday-corrections.yaml: " + reason);
                });
        return new Corrections(table.required("version").asText(), all);
    }
}
