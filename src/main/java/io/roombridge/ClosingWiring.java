package io.roombridge;

import io.roombridge.closing.Brake;
import io.roombridge.closing.InactivityRule;
import io.roombridge.config.ClosingSettings;
import io.roombridge.config.Settings;
import io.roombridge.correlation.StoreLife;
import io.roombridge.route.InactivityRules;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From the settings to what closing for inactivity needs. */
final class ClosingWiring {

    private static final double PERCENT = 100;

    private ClosingWiring() {}

    static InactivityRules rules(Settings settings, StoreLife life, Clock clock) {
        ClosingSettings closing = settings.closing();
        Map<String, String> closeCodes = new HashMap<>();
        settings.instances()
                .forEach((name, instance) ->
                        instance.inactivityCloseCode().ifPresent(code -> closeCodes.put(name, code)));
        return new InactivityRules(
                closing.mode() == ClosingSettings.Mode.ON,
                since(closing, life, clock.instant()),
                new InactivityRule(closing.customerDays(), closing.systemDays()),
                closing.window(),
                new Brake(closing.brakeLeast(), closing.brakePercent() / PERCENT, closing.brakeZone()),
                closing.region(),
                closing.serviceCallers().orElse(List.of()),
                closing.keepOpenField(),
                closing.clockField(),
                closeCodes);
    }

    /** No day counts before closing was switched on, nor before the store knows everything. */
    private static Instant since(ClosingSettings closing, StoreLife life, Instant now) {
        Instant known = life.completeSince(now);
        if (closing.mode() == ClosingSettings.Mode.OFF) {
            return known;
        }
        Instant recorded = life.closingActivation(now);
        Instant activation = closing.activation()
                .map(date -> date.atStartOfDay(ZoneOffset.UTC).toInstant())
                .orElse(recorded);
        return activation.isAfter(known) ? activation : known;
    }
}
