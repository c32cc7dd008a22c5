package io.roombridge.doctor;

import io.roombridge.servicenow.InstanceStanding;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Whether the instance's hourly limit leaves the bridge room to work. Makes no call: the answers before it told. */
final class Rate implements Probe {

    private static final String RULES = "sys_rate_limit_rules (System Web Services › REST › Rate Limit Rules)";

    /** As the governor shares out an hour: looks may use 70 %. */
    private static final double OF_POLLING = 0.7;

    private final Instance instance;
    private final Duration pollInterval;

    Rate(Instance instance, Duration pollInterval) {
        this.instance = instance;
        this.pollInterval = pollInterval;
    }

    @Override
    public List<Finding> look() {
        InstanceStanding standing = instance.gateway().standing();
        return List.of(verdict(standing.hourlyLimit(), standing.used(), pollInterval));
    }

    static Finding verdict(OptionalInt limit, int used, Duration pollInterval) {
        if (limit.isEmpty()) {
            return Finding.green("no rate rule for this user");
        }
        long quiet = Duration.ofHours(1).dividedBy(pollInterval);
        String seen = "the rule allows " + limit.getAsInt() + " calls an hour (doctor has used " + used
                + "); looking every " + pollInterval.toSeconds() + " s alone takes " + quiet;
        String remedy = "raise the limit of the integration user in " + RULES + ", or look less often"
                + " (roombridge.poll.interval)";
        if (limit.getAsInt() * OF_POLLING < quiet) {
            return Finding.red(seen, "at least " + Math.round(quiet / OF_POLLING) + ", better 2000", remedy);
        }
        return limit.getAsInt() < 3 * quiet
                ? Finding.amber(seen, "three times what quiet looking takes, so that a storm of tickets fits", remedy)
                : Finding.green("the rule allows " + limit.getAsInt() + " calls an hour; quiet looking takes " + quiet);
    }
}
