package io.roombridge.doctor;

import io.roombridge.eventhubs.HubVisit;
import io.roombridge.eventhubs.HubVisit.PartitionState;
import java.util.List;

/** A hub with the words for it, for the probes; what it has said once is kept. */
public final class HubUnderTest {

    private final String name;
    private final String nameKey;
    private final String connectionKey;
    private final HubVisit visit;
    private List<PartitionState> partitions = List.of();

    /**
     * @param nameKey the setting with its name
     * @param connectionKey the setting with its connection string
     */
    public HubUnderTest(String name, String nameKey, String connectionKey, HubVisit visit) {
        this.name = name;
        this.nameKey = nameKey;
        this.connectionKey = connectionKey;
        this.visit = visit;
    }

    String name() {
        return name;
    }

    HubVisit visit() {
        return visit;
    }

    /** In order. */
    synchronized List<PartitionState> partitions() {
        if (partitions.isEmpty()) {
            partitions = visit.partitions();
        }
        return partitions;
    }

    /**
     * @param claim what the key has to allow
     * @param what was asked for
     */
    Finding refused(HubVisit.Refused refused, String claim, String what) {
        return switch (refused.why()) {
            case UNAUTHORIZED ->
                Finding.red(
                        "not let in: " + refused.getMessage(),
                        "the claim " + claim + " on " + name,
                        "give the policy of the key in " + connectionKey + " the claim " + claim
                                + " (Azure portal › Event"
                                + " Hubs › namespace or hub › Shared access policies), or with an Azure identity the role"
                                + " Azure Event Hubs Data " + (claim.equals("Send") ? "Sender" : "Receiver"));
            case NOT_FOUND ->
                Finding.red(
                        "not found: " + what,
                        "it is there",
                        "check " + nameKey + " and the EntityPath in " + connectionKey
                                + ", or create it (Azure portal › Event Hubs › namespace)");
            case AWAY ->
                Finding.red(
                        "no answer: " + refused.getMessage(),
                        "an answer within 15 s",
                        "check the host in " + connectionKey + ", and whether the firewall passes 5671 (or 443 with"
                                + " roombridge.hub.transport=amqp-web-sockets)");
        };
    }
}
