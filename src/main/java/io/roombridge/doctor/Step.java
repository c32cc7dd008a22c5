package io.roombridge.doctor;

import java.util.List;

/**
 * A probe at its place.
 *
 * @param area what it is about: {@code bridge}, {@code hub}, or {@code servicenow NAME}
 * @param name of the probe, unique in its area
 * @param needs probes before it in the same area; when one of them is red this one would only say so again, and is left out
 */
public record Step(String area, String name, List<String> needs, Probe probe) {

    public static Step of(String area, String name, Probe probe, String... needs) {
        return new Step(area, name, List.of(needs), probe);
    }
}
