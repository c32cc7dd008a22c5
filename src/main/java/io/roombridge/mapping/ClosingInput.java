package io.roombridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/**
 * What a mapping about the closing of a ticket gets to see.
 *
 * @param number of the incident
 * @param count the business days it waits for its customer; empty where the text is not about them
 */
public record ClosingInput(String number, Optional<Count> count) {

    /**
     * A count of business days.
     *
     * @param since the local date since which the customer is silent, as people say it
     * @param until the last day and its time zone, as people say it: {@code end of Thursday 4 June 2026 (Europe/Berlin)}
     * @param signal what the portal says of the signal: healthy, unhealthy
     */
    public record Count(String since, String until, int businessDays, String signal) {}

    public ClosingInput {
        Objects.requireNonNull(number);
    }

    public static ClosingInput of(String number) {
        return new ClosingInput(number, Optional.empty());
    }

    public ClosingInput counting(Count days) {
        return new ClosingInput(number, Optional.of(days));
    }

    /** The input of the mapping file. */
    JsonNode view() {
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("number", PlainText.of(number));
        count.ifPresent(days -> view.put("since", days.since())
                .put("until", days.until())
                .put("businessDays", days.businessDays())
                .put("signal", days.signal()));
        return view;
    }
}
