package io.roombridge.sandbox.servicenow;

import java.time.Instant;
import java.util.Map;

/**
 * One change that was applied to a row, whoever made it and by whichever way.
 *
 * @param sequence grows with every write of this instance
 * @param time when it was applied: for a late commit the moment of the commit, not of the request
 * @param user the user name it is signed with
 * @param changed the fields with their new values, without those the platform keeps itself ({@code sys_updated_on} ...)
 * @param previous the same fields with their values before; empty for an insert
 */
public record Write(
        long sequence,
        Instant time,
        String user,
        String table,
        String sysId,
        Operation operation,
        Map<String, String> changed,
        Map<String, String> previous) {

    /** What was done to the row. */
    public enum Operation {
        INSERT,
        UPDATE,
        DELETE
    }
}
