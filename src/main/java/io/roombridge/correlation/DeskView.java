package io.roombridge.correlation;

/**
 * What an incident showed when it was read last: what somebody changed since shows in the difference.
 *
 * @param state the value of {@code state}
 * @param assignedTo sys_id of a user, or empty text
 * @param assignmentGroup sys_id of a group, or empty text
 */
public record DeskView(
        String instance, String incident, String state, String holdReason, String assignedTo, String assignmentGroup) {}
