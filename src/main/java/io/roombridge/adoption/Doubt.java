package io.roombridge.adoption;

import java.util.Locale;

/** Why it is not certain that an incident is a ticket's; a person decides. */
public enum Doubt {
    NUMBER_UNKNOWN("ServiceNow shows no incident of that number to the integration user"),
    NUMBER_TWICE("ServiceNow has that number more than once"),
    SEVERAL_INCIDENTS("the export names more than one incident for the ticket"),
    SEVERAL_TICKETS("another open ticket of the export names the same incident"),
    FOREIGN_ID("the incident has a correlation id of somebody else"),
    INCIDENT_OVER("the incident is closed or canceled, but the portal's ticket is open"),
    HAS_INCIDENT("the ticket has an incident of the bridge already"),
    OF_ANOTHER("the incident belongs to another ticket of the bridge"),
    BY_TEXT("no number; its text is not one incident's alone"),
    UNMAPPABLE("the mapping files make nothing of the ticket"),
    REFUSED("ServiceNow refused the link");

    private final String meaning;

    Doubt(String meaning) {
        this.meaning = meaning;
    }

    /** Lower case with dashes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One clause that a person can read. */
    public String meaning() {
        return meaning;
    }
}
