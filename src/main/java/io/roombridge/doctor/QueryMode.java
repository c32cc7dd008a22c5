package io.roombridge.doctor;

import io.roombridge.servicenow.Query;
import io.roombridge.servicenow.ServiceNowFailure;
import java.util.List;

/** What the instance does with a condition on a field that there is not: a mistyped one must not return everything. */
final class QueryMode implements Probe {

    private static final String NO_SUCH_FIELD = "u_roombridge_no_such_field";

    private final Instance instance;

    QueryMode(Instance instance) {
        this.instance = instance;
    }

    @Override
    public List<Finding> look() {
        try {
            if (!rows(Query.where(NO_SUCH_FIELD, "x")).isEmpty()) {
                return List.of(Finding.amber(
                        "a condition on an unknown field is dropped: the query returned what it found without it",
                        "no rows, or a refusal. The bridge compares what comes back with what it asked for, so nothing"
                                + " wrong is written; others may not",
                        "set glide.invalid_query.returns_no_rows=true (System Properties, sys_properties.list)"));
            }
            return List.of(
                    rows(Query.where("active", "true")).isEmpty()
                            ? Finding.unproven("no incident is visible, so an empty answer proves nothing")
                            : Finding.green("a condition on an unknown field returns no rows"));
        } catch (ServiceNowFailure failure) {
            if (failure.permanent()) {
                return List.of(Finding.green("a condition on an unknown field is refused"));
            }
            throw failure;
        }
    }

    private List<?> rows(Query query) {
        return instance.inspection().rows("incident", query, 1, List.of("sys_id"));
    }
}
