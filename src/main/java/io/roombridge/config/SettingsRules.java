package io.roombridge.config;

import io.roombridge.config.BadConfiguration.Fault;
import io.roombridge.config.Settings.Instance;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/** What no single value can say: which settings need each other, and which values make sense. */
final class SettingsRules {

    private static final Pattern ALLOWED = Pattern.compile("allowed values: (\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("^[A-Za-z0-9.-]++:[1-9][0-9]{0,4}$");
    private static final String HUB = "roombridge.hub.";
    private static final String STORE_URL = "roombridge.store.url";

    private SettingsRules() {}

    static List<Fault> check(Settings settings) {
        List<Fault> faults = new ArrayList<>();
        if (settings.mode().isEmpty()) {
            faults.add(new Fault(
                    "roombridge.mode",
                    "",
                    "is required: shadow (decides and records everything, writes nothing) or live; there is no default on"
                            + " purpose"));
        }
        hub(settings.hub(), faults);
        ClusterRules.check(settings, faults);
        if (settings.instances().isEmpty()) {
            faults.add(new Fault("roombridge.instances.NAME.url", "", "at least one ServiceNow instance is required"));
        }
        settings.instances().forEach((name, instance) -> instance(name, instance, faults));
        tenants(settings.instances(), faults);
        closing(settings, faults);
        files(settings.files(), faults);
        store(settings.store(), faults);
        WatchRules.check(settings, faults);
        HooksRules.check(settings.hooks(), faults);
        readable("roombridge.tls.ca-file", settings.tls().caFile(), faults);
        String cron = settings.reconcile().cron();
        if (!CronExpression.isValidExpression(cron)) {
            faults.add(new Fault(
                    "roombridge.reconcile.cron", cron, "is no cron expression: 0 15 2 * * ? is 02:15 each day"));
        }
        return faults;
    }

    /** Closing needs an honest code of each instance; one that closes nothing says so at the start, not after weeks. */
    private static void closing(Settings settings, List<Fault> faults) {
        ClosingSettings closing = settings.closing();
        atLeastOne("roombridge.closing.customer-days", closing.customerDays(), faults);
        atLeastOne("roombridge.closing.system-days", closing.systemDays(), faults);
        atLeastOne("roombridge.closing.brake-least", closing.brakeLeast(), faults);
        if (closing.window().isNegative() || closing.window().toHours() > 15) {
            faults.add(new Fault(
                    "roombridge.closing.window",
                    closing.window().toString(),
                    "must be between PT0S and PT15H: it begins at 09:00 and ends on the same day"));
        }
        if (closing.mode() == ClosingSettings.Mode.ON) {
            settings.instances().forEach((name, instance) -> {
                if (instance.inactivityCloseCode().isEmpty()) {
                    faults.add(new Fault(
                            "roombridge.instances." + name + ".inactivity-close-code",
                            "",
                            "is required with roombridge.closing.mode = on: a code that does not claim a solution"));
                }
            });
        }
    }

    private static void hub(HubSettings hub, List<Fault> faults) {
        if (hub.namespace().isEmpty()) {
            connectionString(
                    HUB + "connection-string", hub.connectionString(), hub.connectionStringFile(), true, faults);
        }
        connectionString(
                HUB + "commands-connection-string",
                hub.commandsConnectionString(),
                hub.commandsConnectionStringFile(),
                false,
                faults);
        proxy(hub, faults);
        atLeastOne(HUB + "window", hub.window(), faults);
        atLeastOne(HUB + "parallel", hub.parallel(), faults);
        if (hub.checkpoints().store() == HubSettings.Checkpoints.Kind.BLOB) {
            connectionString(
                    HUB + "checkpoints.blob-connection-string",
                    hub.checkpoints().blobConnectionString(),
                    hub.checkpoints().blobConnectionStringFile(),
                    true,
                    faults);
        }
        if (hub.ownershipExpiry().compareTo(hub.loadBalancingInterval()) <= 0) {
            faults.add(new Fault(
                    HUB + "ownership-expiry",
                    hub.ownershipExpiry().toString(),
                    "must be longer than " + HUB + "load-balancing-interval, or ownership ends before it is renewed"));
        }
    }

    private static void store(Settings.Store store, List<Fault> faults) {
        secret("roombridge.store.password", store.password(), store.passwordFile(), false, faults);
        store.url().map(StoreAddress::new).ifPresent(address -> {
            if (address.carriesPassword()) {
                faults.add(new Fault(
                        STORE_URL, "********", "carries a password; give it as roombridge.store.password-file"));
            }
            address.unsafeMode()
                    .ifPresent(mode -> faults.add(new Fault(
                            STORE_URL,
                            "sslmode=" + mode,
                            "must be sslmode=verify-full for a database on another machine, or be left out")));
        });
    }

    private static void proxy(HubSettings hub, List<Fault> faults) {
        hub.proxy()
                .filter(address -> !ADDRESS.matcher(address).matches())
                .ifPresent(address -> faults.add(new Fault(HUB + "proxy", address, "must be HOST:PORT")));
        if (hub.proxy().isPresent() && hub.transport() == HubSettings.Transport.AMQP) {
            faults.add(new Fault(
                    HUB + "transport",
                    "amqp",
                    "must be amqp-web-sockets with " + HUB + "proxy: plain AMQP takes none"));
        }
        secret(HUB + "proxy-password", hub.proxyPassword(), hub.proxyPasswordFile(), false, faults);
    }

    private static void files(FileSettings files, List<Fault> faults) {
        String prefix = "roombridge.files.";
        atLeastOne(prefix + "max-megabytes", files.maxMegabytes(), faults);
        atLeastOne(prefix + "spool-megabytes", files.spoolMegabytes(), faults);
        secret(prefix + "content-url", files.contentUrl(), files.contentUrlFile(), false, faults);
        secret(prefix + "content-token", files.contentToken(), files.contentTokenFile(), false, faults);
        files.contentUrl()
                .filter(url -> !url.startsWith("https://") && !(files.allowLoopback() && url.startsWith("http://")))
                .ifPresent(
                        url -> faults.add(new Fault(prefix + "content-url", "********", "must be https://HOST/PATH")));
    }

    private static void instance(String name, Instance instance, List<Fault> faults) {
        String prefix = "roombridge.instances." + name + ".";
        instance.url()
                .ifPresentOrElse(
                        url -> url(prefix + "url", url, faults),
                        () -> faults.add(new Fault(prefix + "url", "", "is required: https://HOST")));
        if (instance.user().isEmpty()) {
            faults.add(new Fault(prefix + "user", "", "is required: the integration user"));
        }
        atLeastOne(prefix + "workers", instance.workers(), faults);
        switch (instance.auth()) {
            case BASIC -> secret(prefix + "password", instance.password(), instance.passwordFile(), true, faults);
            case CLIENT_CREDENTIALS -> client(prefix, instance, faults);
            case PASSWORD -> {
                client(prefix, instance, faults);
                secret(prefix + "password", instance.password(), instance.passwordFile(), true, faults);
            }
            case API_KEY -> secret(prefix + "api-key", instance.apiKey(), instance.apiKeyFile(), true, faults);
            default -> throw new IllegalStateException("a way to sign in without a rule: " + instance.auth());
        }
        readable(prefix + "ca-file", instance.caFile(), faults);
        instance.adoptionQuery()
                .filter(query -> !areConditions(query))
                .ifPresent(
                        query -> faults.add(
                                new Fault(
                                        prefix + "adoption-query",
                                        query,
                                        "expected conditions as field=value^field=value, in one line, without ^NQ, ^ORDERBY and javascript:")));
    }

    /** Pages are read by conditions of the bridge's own behind it, which another query or order in it would undo. */
    private static boolean areConditions(String query) {
        String upper = query.toUpperCase(Locale.ROOT);
        return query.contains("=")
                && query.chars().noneMatch(Character::isISOControl)
                && !upper.startsWith("^")
                && Stream.of("^NQ", "ORDERBY", "JAVASCRIPT:").noneMatch(upper::contains);
    }

    private static void client(String prefix, Instance instance, List<Fault> faults) {
        if (instance.clientId().isEmpty()) {
            faults.add(new Fault(
                    prefix + "client-id",
                    "",
                    "is required with auth = "
                            + instance.auth().name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        secret(prefix + "client-secret", instance.clientSecret(), instance.clientSecretFile(), true, faults);
    }

    static void url(String key, String value, List<Fault> faults) {
        try {
            URI uri = URI.create(value);
            boolean loopback = List.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost());
            boolean secure = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback);
            if (!secure || uri.getHost() == null) {
                faults.add(new Fault(key, value, "must be https://HOST (plain http only on loopback)"));
            }
        } catch (IllegalArgumentException e) {
            faults.add(new Fault(key, value, "is not a URL; expected https://HOST"));
        }
    }

    /** A tenant has one instance, and at most one instance takes the rest. */
    private static void tenants(Map<String, Instance> instances, List<Fault> faults) {
        Map<String, String> owner = new HashMap<>();
        instances.forEach((name, instance) -> instance.tenants().forEach(tenant -> {
            String other = owner.putIfAbsent(tenant, name);
            if (other != null) {
                faults.add(new Fault(
                        "roombridge.instances." + name + ".tenants",
                        tenant,
                        "is also served by the instance " + other + "; a tenant has exactly one"));
            }
        }));
    }

    static void atLeastOne(String key, int value, List<Fault> faults) {
        if (value < 1) {
            faults.add(new Fault(key, Integer.toString(value), "must be at least 1"));
        }
    }

    /** Secrets are never shown, not even wrong ones. */
    static void secret(String key, Optional<String> value, Optional<Path> file, boolean required, List<Fault> faults) {
        if (value.isPresent() && file.isPresent()) {
            faults.add(new Fault(key, "", "give either " + key + " or " + key + "-file, not both"));
        } else if (required && value.isEmpty() && file.isEmpty()) {
            faults.add(new Fault(key, "", "is required, here or in a file named by " + key + "-file"));
        }
        readable(key + "-file", file, faults);
    }

    private static void readable(String key, Optional<Path> file, List<Fault> faults) {
        file.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> faults.add(new Fault(key, path.toString(), "cannot be read")));
    }

    /** As {@link #secret}; besides, it must not send what it protects in clear text to another machine. */
    private static void connectionString(
            String key, Optional<String> value, Optional<Path> file, boolean required, List<Fault> faults) {
        secret(key, value, file, required, faults);
        if (file.filter(path -> !Files.isReadable(path)).isEmpty()) {
            Secrets.read(key, value, file)
                    .flatMap(text -> new ConnectionString(text.reveal()).clearText())
                    .ifPresent(problem -> faults.add(new Fault(key, "********", problem)));
        }
    }

    static String suggestion(String key) {
        return SettingKeys.nearest(key)
                .map(near -> "did you mean " + near + "?")
                .orElse("config/roombridge.properties shows every one");
    }

    /** A value as it may be shown: secrets are masked, whatever they are. */
    static String shown(String key, String value) {
        return key.matches(
                        ".*(password|secret|api-key|connection-string|content-url|content-token|hooks\\..*\\.token|store\\.url)")
                ? "********"
                : value;
    }

    /** What the converter wanted, in the words of an administrator. */
    static String expected(String problem) {
        Matcher choices = ALLOWED.matcher(problem);
        if (choices.find()) {
            return "must be one of " + choices.group(1).replace(",", ", ");
        }
        if (problem.contains("no port: ")) {
            return "must be a port from 0 (any free one) to 65535, or off";
        }
        if (problem.contains("SRCFG00029")) {
            return "must be a whole number";
        }
        return "cannot be read; a duration is written like PT30S, PT15M or P90D";
    }
}
