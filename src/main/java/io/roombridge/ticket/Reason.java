package io.roombridge.ticket;

import java.util.Locale;

/**
 * Why a change ended as it did, or has to wait. The one vocabulary for logs, metric labels, dead letters and documents;
 * a label never changes its meaning.
 */
public enum Reason {
    // Delivered
    INCIDENT_CREATED("a new incident"),
    FOLLOW_UP_CREATED("a new incident that follows a closed one"),
    INCIDENT_UPDATED("fields of the incident were written"),
    INCIDENT_RESOLVED("the incident was resolved"),
    INCIDENT_REOPENED("the resolved incident was reopened"),
    NOTE_WRITTEN("a comment or work note was written"),
    HOLD_DOWN_STARTED("the signal is healthy; the incident is resolved when it stays so"),
    RECORDED("a fact was recorded that changes no incident by itself"),
    ALREADY_AGREED("ServiceNow already says the same"),
    TOLD_PORTAL("the portal is told by a command"),
    GATHERED("written together with other output of automation, at most two minutes later"),
    FILE_ACCEPTED("the file is carried over by a job of its own"),
    FILE_CARRIED("the file is on the other side, with the same content"),

    // Duplicate
    SAME_EVENT("this event was applied before"),
    ALREADY_OPEN("the ticket is open already"),
    STALE("a later change of this ticket was applied before"),

    // Echo
    OWN_WRITE("the bridge's own write came back"),

    // Ignored
    UNKNOWN_TYPE("an event type this version does not know"),
    SUPPRESSED("the signal or the device is suppressed"),
    ONBOARDING("the device is being set up"),
    SIGNAL_DISABLED("the tenant switched the signal off"),
    RECOMMENDED_ONLY("recommendations are recorded, they raise no incident"),
    NOT_UNHEALTHY("the signal is watched or healthy and has no incident"),
    BEFORE_ACTIVATION("opened and healed before the bridge was activated"),
    OUT_OF_SCOPE("outside the configured scope; followed, and taken in when the scope widens"),
    SHADOW("seen in shadow mode, before the bridge was activated"),
    ADOPTING("an incident of another integration may be the ticket's; it is linked, or a person decides"),
    BEFORE_ADOPTION("from before the bridge took the incident over"),
    RELAPSE_IN_HOLD_DOWN("unhealthy again before the recovery counted"),
    PERSON_AT_WORK("a person took the incident over or put it on hold"),
    NO_INCIDENT("the ticket has no incident this could change"),
    FILES_OFF("attachments are not bridged by this configuration"),
    FILE_REFUSED("the file may not travel by the policy; a note says why"),
    FILE_NOT_SCANNED("ServiceNow's virus scan did not let the file through; a note says so"),
    FILE_EXPIRED("the portal no longer gives the file's content; a note says so"),
    COMMANDS_OFF("this configuration sends nothing to the portal"),
    NOT_IN_PORTAL("the portal has no ticket of it yet; what is said there stays in ServiceNow"),
    INTERNAL("work notes never leave ServiceNow"),
    PLATFORM_ENTRY("written by ServiceNow itself, not by a person"),
    NOTHING_TO_SAY("nothing remains to be said to the other side"),
    OFFLINE("the device is offline, so the state of its other signals is not known"),
    UNENROLLED("the device was removed"),
    CATCHING_UP("the ticket was rebuilt; its latest state is applied when the hub is read up to that moment"),

    // Dead
    INVALID("the event does not keep the contract"),
    UNKNOWN_DEVICE("the portal has not named the device of this report yet"),
    UNKNOWN_TENANT("no ServiceNow instance is configured for the tenant"),
    TOO_LARGE("the event is larger than the bridge accepts"),
    MAPPING_FAILED("the mapping could not make an incident of it"),
    REFUSED_BY_POLICY("a data policy of the instance refused the write"),
    REFUSED_BY_ACL("an access rule of the instance refused the write"),
    REFUSED_BY_RULE("a business rule of the instance aborted the write"),
    REFUSED("the instance refused the write"),
    RECORD_GONE("the incident is not there any more"),
    TICKET_CLOSED("the incident is closed and takes no comments"),
    EXHAUSTED("the change kept failing while others succeeded"),

    // Parked
    BEHIND_DEAD("an earlier change of this ticket is a dead letter"),
    PAUSED("this direction is paused"),
    INSTANCE_AWAY("its ServiceNow instance is away and holds half of what is being read"),

    // Why a change has to wait (never an outcome)
    UNAUTHORIZED("the instance does not accept the credentials"),
    RATE_LIMITED("the instance's rate limit is reached"),
    UNAVAILABLE("the instance does not answer as it should"),
    NOT_EXECUTED("the request was not executed"),
    AMBIGUOUS("it is not known whether the write was done"),
    TIMED_OUT("no answer in time"),
    BUSY("another step of this ticket is under way"),
    STORE_UNAVAILABLE("the bridge's own store does not answer"),
    NO_LONGER_OURS("another node reads the partition now");

    private final String meaning;

    Reason(String meaning) {
        this.meaning = meaning;
    }

    /** Lower case with dashes, for metrics, logs and the store. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One clause that a person can read. */
    public String meaning() {
        return meaning;
    }
}
