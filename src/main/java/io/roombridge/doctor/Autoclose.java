package io.roombridge.doctor;

import io.roombridge.servicenow.Query;
import io.roombridge.servicenow.ServiceNowFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether jobs of the instance close or touch incidents in a way that fights the bridge (facts/servicenow.md, section 2.5). */
final class Autoclose implements Probe {

    private static final String DAYS = "glide.ui.autoclose.time";
    private static final String BASIS = "com.snc.incident.autoclose.basedon.resolved_at";

    /** The table of inactivity monitors by its documented label; not seen on an instance by us. */
    private static final String MONITORS = "sysrule_escalate";

    private static final int SOME = 20;

    private final Instance instance;

    Autoclose(Instance instance) {
        this.instance = instance;
    }

    @Override
    public List<Finding> look() {
        Map<String, String> properties = new HashMap<>();
        instance.inspection()
                .rows("sys_properties", Query.whereIn("name", List.of(DAYS, BASIS)), SOME, List.of("name", "value"))
                .forEach(row -> properties.put(row.get("name"), row.get("value")));
        List<Finding> findings = new ArrayList<>();
        findings.add(verdict(properties));
        monitors().stream()
                .map(name -> Finding.amber(
                        "the inactivity monitor '" + name + "' is active on incident",
                        "none that touches the bridge's incidents: what it writes looks like somebody's work",
                        "add the condition correlation_id does not start with rb- (System Policy › SLA › Inactivity"
                                + " Monitors)"))
                .forEach(findings::add);
        return findings;
    }

    static Finding verdict(Map<String, String> properties) {
        String days = properties.getOrDefault(DAYS, "");
        if (days.equals("0")) {
            return Finding.green("auto-close is off (" + DAYS + "=0)");
        }
        String basis = properties.getOrDefault(BASIS, "");
        if (basis.equals("false")) {
            return Finding.amber(
                    "auto-close counts from the last update (" + BASIS + "=false): whatever is written begins it anew",
                    "it counts from the resolution",
                    "set " + BASIS + "=true (Incident › Administration › Incident Properties)");
        }
        return basis.equals("true")
                ? Finding.green(
                        "auto-close counts" + (days.isEmpty() ? "" : " " + days + " days") + " from the resolution")
                : Finding.unproven("the properties of auto-close are not shown to this user (sys_properties); look at "
                        + BASIS + " in Incident › Administration › Incident Properties");
    }

    /** Empty also where the table is hidden, or not there. */
    private List<String> monitors() {
        try {
            return instance
                    .inspection()
                    .rows(
                            MONITORS,
                            Query.where("collection", "incident").and("active", "true"),
                            SOME,
                            List.of("name", "collection", "active"))
                    .stream()
                    .filter(row -> row.get("collection").equals("incident")
                            && row.get("active").equals("true"))
                    .map(row -> row.get("name"))
                    .toList();
        } catch (ServiceNowFailure failure) {
            if (failure.permanent()) {
                return List.of();
            }
            throw failure;
        }
    }
}
