package io.roombridge.eventhubs;

import com.azure.core.amqp.AmqpTransportType;
import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventProcessorClientBuilder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.component.azure.eventhubs.CredentialType;
import org.apache.camel.component.azure.eventhubs.EventHubsConfiguration;
import org.apache.camel.component.azure.eventhubs.client.EventHubsClientFactory;

/**
 * How to reach a hub and the store of its checkpoints, from Camel's configuration. The stock code for this is private
 * (facts/eventhubs.md, section 7.2).
 */
public final class HubConnection {

    private static final String NAMESPACE_SUFFIX = ".servicebus.windows.net";
    static final int AMQPS = 5671;
    static final int HTTPS = 443;

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private HubConnection() {}

    /** A builder that has the hub and the credential in one of the four forms of the stock component. */
    static EventProcessorClientBuilder of(EventHubsConfiguration configuration) {
        CredentialType type = configuration.getCredentialType();
        EventProcessorClientBuilder builder = new EventProcessorClientBuilder();
        if (type == null || type == CredentialType.CONNECTION_STRING) {
            return builder.connectionString(connectionString(configuration));
        }
        String namespace = required("namespace", configuration.getNamespace(), type);
        String hub = required("eventHubName", configuration.getEventHubName(), type);
        return builder.credential(namespace + NAMESPACE_SUFFIX, hub, tokenCredential(configuration, type));
    }

    /** A builder of a client that asks about the hub; as {@link #of}. */
    static EventHubClientBuilder asking(EventHubsConfiguration configuration) {
        return sending(configuration).consumerGroup(configuration.getConsumerGroupName());
    }

    /** A builder of a client that sends; as {@link #of}. */
    static EventHubClientBuilder sending(EventHubsConfiguration configuration) {
        CredentialType type = configuration.getCredentialType();
        EventHubClientBuilder builder = new EventHubClientBuilder();
        if (type == null || type == CredentialType.CONNECTION_STRING) {
            return builder.connectionString(connectionString(configuration));
        }
        String namespace = required("namespace", configuration.getNamespace(), type);
        String hub = required("eventHubName", configuration.getEventHubName(), type);
        return builder.credential(namespace + NAMESPACE_SUFFIX, hub, tokenCredential(configuration, type));
    }

    /** The configured store, else the blob container of the stock options; never one that goes backwards. */
    static CheckpointStore checkpointStore(EventHubsConfiguration configuration) {
        if (configuration.getCheckpointStore() != null) {
            return configuration.getCheckpointStore();
        }
        boolean account = configuration.getBlobStorageSharedKeyCredential() != null
                || configuration.getBlobAccountName() != null && configuration.getBlobAccessKey() != null;
        if (configuration.getBlobContainerName() == null || !account) {
            throw new IllegalArgumentException("azure-eventhubs has no place for checkpoints: set checkpointStore, or"
                    + " blobContainerName with blobAccountName and blobAccessKey");
        }
        return new BlobCheckpoints(EventHubsClientFactory.createBlobContainerClient(configuration));
    }

    /**
     * The flag turns TLS off, so that tokens and events would cross the network in the clear.
     *
     * @throws IllegalArgumentException if the flag is set for a host that is not this machine
     */
    static void refuseRemoteEmulator(EventHubsConfiguration configuration) {
        if (!emulated(configuration)) {
            return;
        }
        String host = host(parts(configuration.getConnectionString()).getOrDefault("endpoint", ""));
        if (!LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "the connection string sets UseDevelopmentEmulator=true for host '" + host
                            + "'; the flag turns encryption off and is allowed for localhost, 127.0.0.1 and [::1] only."
                            + " Remove the flag, or point Endpoint at the sandbox on this machine");
        }
    }

    /** Whether the hub is spoken to in the clear, as the sandbox is. */
    static boolean emulated(EventHubsConfiguration configuration) {
        return configuration.getConnectionString() != null
                && Boolean.parseBoolean(
                        parts(configuration.getConnectionString()).get("usedevelopmentemulator"));
    }

    /** Where the hub is reached with TLS, not looked up; empty where it is spoken to in the clear. */
    static Optional<InetSocketAddress> secured(EventHubsConfiguration configuration, AmqpTransportType transport) {
        if (emulated(configuration)) {
            return Optional.empty();
        }
        String endpoint = configuration.getConnectionString() == null
                ? "sb://" + configuration.getNamespace() + NAMESPACE_SUFFIX
                : parts(configuration.getConnectionString()).getOrDefault("endpoint", "");
        int given = URI.create(endpoint.contains("://") ? endpoint : "sb://" + endpoint)
                .getPort();
        int usual = transport == AmqpTransportType.AMQP ? AMQPS : HTTPS;
        return Optional.of(InetSocketAddress.createUnresolved(host(endpoint), given > 0 ? given : usual));
    }

    private static String connectionString(EventHubsConfiguration configuration) {
        if (configuration.getConnectionString() != null) {
            return configuration.getConnectionString();
        }
        CredentialType type = CredentialType.CONNECTION_STRING;
        return String.format(
                Locale.ROOT,
                "Endpoint=sb://%s%s/;SharedAccessKeyName=%s;SharedAccessKey=%s;EntityPath=%s",
                required("namespace", configuration.getNamespace(), type),
                NAMESPACE_SUFFIX,
                required("sharedAccessName", configuration.getSharedAccessName(), type),
                required("sharedAccessKey", configuration.getSharedAccessKey(), type),
                required("eventHubName", configuration.getEventHubName(), type));
    }

    private static TokenCredential tokenCredential(EventHubsConfiguration configuration, CredentialType type) {
        if (type == CredentialType.AZURE_IDENTITY) {
            return new DefaultAzureCredentialBuilder().build();
        }
        if (configuration.getTokenCredential() == null) {
            throw missing("tokenCredential", type);
        }
        return configuration.getTokenCredential();
    }

    private static String required(String option, String value, CredentialType type) {
        if (value == null || value.isBlank()) {
            throw missing(option, type);
        }
        return value;
    }

    private static IllegalArgumentException missing(String option, CredentialType type) {
        return new IllegalArgumentException(
                "azure-eventhubs needs the option " + option + " for the credential type " + type + "; it is not set");
    }

    private static Map<String, String> parts(String connectionString) {
        Map<String, String> parts = new HashMap<>();
        for (String part : connectionString.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).trim().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).trim());
            }
        }
        return parts;
    }

    private static String host(String endpoint) {
        String address = endpoint.contains("://") ? endpoint : "sb://" + endpoint;
        try {
            return Optional.ofNullable(new URI(address).getHost()).orElse(address);
        } catch (URISyntaxException e) {
            return address;
        }
    }
}
