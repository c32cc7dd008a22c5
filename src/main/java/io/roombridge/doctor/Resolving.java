package io.roombridge.doctor;

import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.ServiceNowFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether an incident can be resolved with what the mapping writes. */
final class Resolving implements Probe {

    private static final String RESOLVED = "6";

    private final Scratch scratch;

    Resolving(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<Finding> look() {
        Optional<String> code = closeCode();
        if (code.isEmpty()) {
            return List.of(Finding.unproven("not tried, because no close code is known"));
        }
        try {
            IncidentRecord resolved =
                    scratch.instance().gateway().update(scratch.sysId(), scratch.resolution(code.get()));
            return List.of(verdict(resolved.stateValue(), resolved.closeCode(), code.get()));
        } catch (ServiceNowFailure failure) {
            Finding refused = Refused.finding(failure, "an incident could not be resolved");
            return List.of(
                    failure.detail().contains("Data Policy Exception")
                            ? Finding.red(
                                    refused.seen(),
                                    "no mandatory field at the resolution that the bridge does not write",
                                    "add the field that is named to mappings/incident-resolve.jslt, or take it out of the"
                                            + " policy (System Policy › Data Policies)")
                            : refused);
        }
    }

    /** Where none of the settings' codes is known, another probe says so; any of the instance's own does here. */
    private Optional<String> closeCode() {
        List<String> offered = scratch.instance().gateway().choices("incident", "close_code");
        List<String> wanted = scratch.instance().settings().closeCodes();
        return offered.isEmpty()
                ? wanted.stream().findFirst()
                : Stream.concat(wanted.stream().filter(offered::contains), offered.stream())
                        .findFirst();
    }

    static Finding verdict(String state, String closeCode, String wanted) {
        return state.equals(RESOLVED) && closeCode.equals(wanted)
                ? Finding.green("an incident can be resolved, with '" + wanted + "'")
                : Finding.red(
                        "after the resolution the state is " + state + " and the close code '" + closeCode + "'",
                        "state 6 (Resolved) and '" + wanted + "'",
                        "let the business rule that puts it back leave the integration user alone (System Definition ›"
                                + " Business Rules, table incident)");
    }
}
