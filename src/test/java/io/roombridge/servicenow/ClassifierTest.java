package io.roombridge.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.servicenow.Fault.Shape;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.RetryLater.Scope;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules behind the table of {@link AnswerShapesTest}, for every status and shape there is. */
class ClassifierTest {

    private static final Set<Integer> NOT_EXECUTED = Set.of(202, 401, 403, 404, 429);

    @ParameterizedTest
    @EnumSource(Shape.class)
    void nothingIsAmbiguousButAWrite(Shape shape) {
        IntStream.range(200, 600)
                .forEach(status -> assertThat(failure(shape, status, "", false).ambiguous())
                        .as(shape + " " + status)
                        .isFalse());
    }

    @ParameterizedTest
    @EnumSource(
            value = Shape.class,
            names = {"SAID", "UNREADABLE"})
    void everyStatusThatMayHideAWriteIsAmbiguousAndEveryOtherIsNot(Shape shape) {
        IntStream.range(200, 600).forEach(status -> {
            boolean refused = status >= 400 && status < 500 && status != 408 || NOT_EXECUTED.contains(status);
            if (shape == Shape.UNREADABLE || status >= 400 || refused) {
                assertThat(failure(shape, status, "", true).ambiguous())
                        .as(shape + " " + status)
                        .isEqualTo(!refused);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void whatMayHaveBeenDoneIsNeverRefusedForGood(Shape shape) {
        IntStream.range(200, 600)
                .mapToObj(status -> failure(shape, status, "", true))
                .filter(ServiceNowFailure::ambiguous)
                .forEach(failure ->
                        assertThat(failure.permanent()).as(failure.getMessage()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "Data Policy Exception: The following fields are mandatory: Resolution code, REFUSED_BY_POLICY",
        "ACL Exception Insert Failed due to security constraints, REFUSED_BY_ACL",
        "Operation against file 'incident' was aborted by Business Rule 'No^1'. Business Rule Stack:No, REFUSED_BY_RULE",
        "Insufficient rights to query records, REFUSED_BY_ACL",
        "Unique Key violation detected by database, REFUSED"
    })
    void aRefusalIsNamedByThePlatformsConstants(String words, Reason reason) {
        ServiceNowFailure failure = failure(Shape.SAID, 403, words, true);

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.permanent()).isTrue();
        assertThat(failure.detail()).isEqualTo(words);
    }

    @Test
    void noConnectionIsTheInstancesFaultAndWroteNothing() {
        ServiceNowFailure failure = failure(Shape.NOT_CONNECTED, 0, "ConnectException", true);

        assertThat(failure.scope()).contains(Scope.INSTANCE);
        assertThat(failure.nothingWritten()).isTrue();
    }

    private static ServiceNowFailure failure(Shape shape, int status, String words, boolean write) {
        AnswerFacts facts = AnswerFacts.of(status, Map.of());
        return Classifier.classify(new Fault(shape, facts, words, "", write), null);
    }
}
