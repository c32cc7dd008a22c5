package io.roombridge.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** When tickets are closed because their customers are silent (docs/closing.md). */
public interface ClosingSettings {

    @WithDefault("off")
    Mode mode();

    /** No day before this one is counted, and nothing closes before it; empty for the day closing is switched on. */
    Optional<LocalDate> activation();

    /** Business days without the customer, for tickets that a person started. */
    @WithDefault("3")
    int customerDays();

    /** The same for tickets that telemetry started. */
    @WithDefault("15")
    int systemDays();

    /** How often due tickets are looked for. */
    @WithDefault("PT1M")
    Duration interval();

    /** How long after 09:00 of the room's time tickets are closed on a business day. */
    @WithDefault("PT9H")
    Duration window();

    /** The region of rooms that name none, an ISO 3166 code. */
    Optional<String> region();

    /** The brake: so many tickets of a tenant may be closed on a day, … */
    @WithDefault("10")
    int brakeLeast();

    /** … or so many of a hundred open ones, whichever is more. */
    @WithDefault("2")
    double brakePercent();

    /** In which a day of the brake begins and ends. */
    @WithDefault("UTC")
    ZoneId brakeZone();

    /** User names of callers behind whom nobody reads mail. */
    Optional<List<String>> serviceCallers();

    /** A field of the customer's own that marks incidents to be kept open. */
    Optional<String> keepOpenField();

    /** A text field of the customer's own that shows the last day in words. */
    Optional<String> clockField();

    /** Off records who has to act; preview says what would be closed; on closes. */
    enum Mode {
        OFF,
        PREVIEW,
        ON
    }
}
