package io.roombridge.doctor;

import io.roombridge.servicenow.ServiceNowFailure;

/** What a refusal of ServiceNow means to whoever administers it. Pure. */
final class Refused {

    private Refused() {}

    /** @param what was refused, as the beginning of a sentence */
    static Finding finding(ServiceNowFailure failure, String what) {
        String seen = what + ": " + failure.getMessage();
        return switch (failure.reason()) {
            case REFUSED_BY_ACL ->
                Finding.red(
                        seen,
                        "the integration user may do this",
                        "give the user the role sn_incident_write (User Administration › Users › Roles), or mend the"
                                + " access control that denies it (System Security › Access Control)");
            case REFUSED_BY_POLICY ->
                Finding.red(
                        seen,
                        "no mandatory field that the bridge does not write",
                        "add the field that is named to the mapping file (docs/mapping.md), or take these incidents out of"
                                + " the policy (System Policy › Data Policies)");
            case REFUSED_BY_RULE ->
                Finding.red(
                        seen,
                        "no business rule that aborts the bridge's writes",
                        "let the rule that is named leave the integration user alone (System Definition › Business Rules)");
            case RATE_LIMITED ->
                Finding.red(
                        seen,
                        "room in the hourly limit",
                        "raise the rule for this user (System Web Services › REST › Rate Limit Rules, sys_rate_limit_rules)");
            default ->
                Finding.red(
                        seen,
                        "an answer of the Table API",
                        "look at the instance in a browser, and at proxies and allow lists (System Security › IP Address"
                                + " Access Control) between it and this machine");
        };
    }
}
