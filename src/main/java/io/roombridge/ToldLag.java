package io.roombridge;

import io.roombridge.ops.Call;
import io.roombridge.ops.Management;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How many events wait at the hub, as the metrics of a running bridge say. */
final class ToldLag {

    private static final String METRICS = "/observe/metrics";
    private static final String LAG = "roombridge_hub_lag";

    private ToldLag() {}

    /** Empty while the metrics do not say. */
    static OptionalLong by(Management bridge) {
        try (ByteArrayOutputStream page = new ByteArrayOutputStream()) {
            bridge.ask(Call.get(METRICS, Map.of()), page);
            return in(page.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the running bridge does not tell its metrics: " + e.getMessage(), e);
        }
    }

    static OptionalLong in(String page) {
        List<Double> lags = page.lines()
                .filter(line -> line.startsWith(LAG + "{") || line.startsWith(LAG + " "))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(lag -> !lag.isNaN())
                .toList();
        return lags.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        (long) lags.stream().mapToDouble(Double::doubleValue).sum());
    }
}
