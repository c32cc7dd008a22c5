package io.roombridge.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A day can be passed by a bridge that is right, and by no bridge that lacks one of its mechanisms. */
final class ModelBridgeTest {

    private static final Map<CampusDay, Truth> DAYS = LongStream.rangeClosed(1, 20)
            .mapToObj(seed -> CampusDay.of(seed, LocalDate.of(2026, 6, 4)))
            .collect(Collectors.toMap(day -> day, CampusDay::truth));

    @Test
    void aRightBridgePassesEveryDay() {
        DAYS.forEach((day, truth) -> assertThat(
                        DayCheck.judge(truth, new ModelBridge().live(day)).wrong())
                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(ModelBridge.Mechanism.class)
    void aBridgeThatLacksAMechanismFails(ModelBridge.Mechanism mechanism) {
        long failed = DAYS.entrySet().stream()
                .map(day -> DayCheck.judge(
                        day.getValue(), new ModelBridge().without(mechanism).live(day.getKey())))
                .filter(verdict -> !verdict.passed())
                .count();

        // Nearly every seed, so that one played day is enough to notice.
        assertThat(failed).isGreaterThanOrEqualTo(18);
    }
}
