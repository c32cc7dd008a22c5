package io.roombridge;

import io.roombridge.config.Secret;
import io.roombridge.config.Secrets;
import io.roombridge.config.Settings;
import io.roombridge.config.Settings.Instance;
import io.roombridge.servicenow.Credentials;
import io.roombridge.servicenow.InstanceSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** From the settings of an instance to what its gateway needs. */
final class InstanceWiring {

    private InstanceWiring() {}

    static InstanceSettings of(String name, Instance instance) {
        InstanceSettings defaults = InstanceSettings.of(
                name, URI.create(instance.url().orElseThrow()), credentials("roombridge.instances." + name, instance));
        return new InstanceSettings(
                defaults.name(),
                defaults.baseUrl(),
                defaults.credentials(),
                defaults.connectTimeout(),
                instance.timeout(),
                defaults.filesTimeout(),
                instance.workers(),
                Optional.empty(),
                instance.caFile(),
                OptionalInt.empty(),
                false);
    }

    /** Which incidents another integration made, by the name of the instance; only where that is configured. */
    static Map<String, String> adoptionQueries(Settings settings) {
        Map<String, String> queries = new HashMap<>();
        settings.instances()
                .forEach((name, instance) -> instance.adoptionQuery().ifPresent(query -> queries.put(name, query)));
        return queries;
    }

    private static Credentials credentials(String prefix, Instance instance) {
        return switch (instance.auth()) {
            case BASIC -> new Credentials.Basic(instance.user().orElseThrow(), password(prefix, instance));
            case CLIENT_CREDENTIALS ->
                new Credentials.ClientCredentials(
                        instance.clientId().orElseThrow(), clientSecret(prefix, instance), "");
            case PASSWORD ->
                new Credentials.Password(
                        instance.clientId().orElseThrow(),
                        clientSecret(prefix, instance),
                        instance.user().orElseThrow(),
                        password(prefix, instance),
                        "");
            case API_KEY ->
                new Credentials.ApiKey(secret(prefix + ".api-key", instance.apiKey(), instance.apiKeyFile()));
        };
    }

    private static String password(String prefix, Instance instance) {
        return secret(prefix + ".password", instance.password(), instance.passwordFile());
    }

    private static String clientSecret(String prefix, Instance instance) {
        return secret(prefix + ".client-secret", instance.clientSecret(), instance.clientSecretFile());
    }

    private static String secret(String key, Optional<String> value, Optional<Path> file) {
        return Secrets.read(key, value, file).map(Secret::reveal).orElseThrow();
    }
}
