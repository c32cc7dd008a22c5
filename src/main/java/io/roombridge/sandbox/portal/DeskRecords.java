package io.roombridge.sandbox.portal;

import java.util.List;
import java.util.Map;

/** What the judge of a day reads of the desk: the incidents as they are, and every write that made them so. */
public interface DeskRecords {

    /** All incidents that exist, oldest first. */
    List<IncidentRow> incidents();

    /** All writes that were applied to incidents, oldest first; the first one of an incident created it. */
    List<FieldWrite> writes();

    /** An incident with the values of ServiceNow's own fields; an empty field is an empty text. */
    record IncidentRow(String sysId, String number, String correlationId, String state, String parent) {}

    /** One applied write with the fields it changed. */
    record FieldWrite(String sysId, Map<String, String> changed) {

        public FieldWrite {
            changed = Map.copyOf(changed);
        }
    }
}
