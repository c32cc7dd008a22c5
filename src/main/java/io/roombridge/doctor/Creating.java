package io.roombridge.doctor;

import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.servicenow.ServiceNowFailure;
import io.roombridge.ticket.Reason;
import java.util.ArrayList;
import java.util.List;

/** Whether an incident can be created with what the mapping writes, and who the instance says created it. */
final class Creating implements Probe {

    private final Scratch scratch;

    Creating(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<Finding> look() {
        try {
            List<Finding> findings = new ArrayList<>();
            IncidentRecord created = created(findings);
            findings.add(0, Finding.green("created " + created.number() + " (" + scratch.id() + ")"));
            String user = scratch.instance().user();
            if (!created.updatedBy().equalsIgnoreCase(user)) {
                findings.add(Finding.red(
                        "the instance signs what the bridge writes with '" + created.updatedBy() + "'",
                        "'" + user + "', by which the bridge knows its own entries",
                        "make " + scratch.instance().key("user")
                                + " and the user of the credentials the same (with client"
                                + " credentials: OAuth Application User in System OAuth › Application Registry)"));
            }
            return findings;
        } catch (ServiceNowFailure failure) {
            return List.of(Refused.finding(failure, "no incident could be created"));
        }
    }

    /** A mandatory group or caller is written by the bridge, so it is no fault; only then is it written here. */
    private IncidentRecord created(List<Finding> findings) {
        try {
            return scratch.create();
        } catch (ServiceNowFailure failure) {
            if (failure.reason() != Reason.REFUSED_BY_POLICY) {
                throw failure;
            }
            IncidentRecord created = scratch.createWithReferences();
            findings.add(
                    Finding.green("the instance insists on group or caller, so those of the example event were told: "
                            + failure.detail()));
            return created;
        }
    }
}
