package io.roombridge.servicenow;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the bridge has to know about one ServiceNow instance.
 *
 * @param name a short name for logs, metrics and the endpoint; lower-case letters, digits and dashes
 * @param baseUrl scheme, host and port, without a path; https, or http on a loopback address
 * @param connectTimeout a write that waited for its connection leaves that much later; together with the five seconds it
 *     may wait here and the 60 s that an instance gives it, it is over 70 s after it was asked for
 * @param recordsTimeout time for one record call; an instance cancels its own transaction after 60 s, so a shorter time
 *     repeats what still runs (facts/servicenow.md, section 6)
 * @param filesTimeout time for one attachment, its transfer included
 * @param workers how many calls run at the same time
 * @param proxy an HTTP proxy without credentials
 * @param caFile PEM file with certificates that are trusted in addition to those of the Java runtime
 * @param hourlyBudget how many calls an hour the bridge may make, until the instance tells its own limit
 * @param readOnly shadow mode: a write is a defect, and never leaves
 */
public record InstanceSettings(
        String name,
        URI baseUrl,
        Credentials credentials,
        Duration connectTimeout,
        Duration recordsTimeout,
        Duration filesTimeout,
        int workers,
        Optional<InetSocketAddress> proxy,
        Optional<Path> caFile,
        OptionalInt hourlyBudget,
        boolean readOnly) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public InstanceSettings {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no instance name; expected lower-case letters, digits and dashes");
        }
        baseUrl = origin(baseUrl);
        Objects.requireNonNull(credentials, "credentials");
        if (workers < 1) {
            throw new IllegalArgumentException("workers is " + workers + "; expected at least 1");
        }
    }

    /** The settings with every default: 5 s to connect, 65 s for records, 30 min for files, 4 workers. */
    public static InstanceSettings of(String name, URI baseUrl, Credentials credentials) {
        return new InstanceSettings(
                name,
                baseUrl,
                credentials,
                Duration.ofSeconds(5),
                Duration.ofSeconds(65),
                Duration.ofMinutes(30),
                4,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                false);
    }

    public InstanceSettings withRecordsTimeout(Duration timeout) {
        return new InstanceSettings(
                name,
                baseUrl,
                credentials,
                connectTimeout,
                timeout,
                filesTimeout,
                workers,
                proxy,
                caFile,
                hourlyBudget,
                readOnly);
    }

    public InstanceSettings withProxy(InetSocketAddress address) {
        return new InstanceSettings(
                name,
                baseUrl,
                credentials,
                connectTimeout,
                recordsTimeout,
                filesTimeout,
                workers,
                Optional.of(address),
                caFile,
                hourlyBudget,
                readOnly);
    }

    public InstanceSettings withCaFile(Path file) {
        return new InstanceSettings(
                name,
                baseUrl,
                credentials,
                connectTimeout,
                recordsTimeout,
                filesTimeout,
                workers,
                proxy,
                Optional.of(file),
                hourlyBudget,
                readOnly);
    }

    /** For shadow mode: nothing is ever written. */
    public InstanceSettings reading() {
        return new InstanceSettings(
                name,
                baseUrl,
                credentials,
                connectTimeout,
                recordsTimeout,
                filesTimeout,
                workers,
                proxy,
                caFile,
                hourlyBudget,
                true);
    }

    /** Whether an address belongs to this instance: only such a request may carry its credentials. */
    boolean owns(URI address) {
        return baseUrl.getScheme().equalsIgnoreCase(address.getScheme())
                && baseUrl.getHost().equalsIgnoreCase(address.getHost())
                && port(baseUrl) == port(address);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static URI origin(URI url) {
        if (url == null || url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the base URL of the ServiceNow instance has no host or carries credentials;"
                            + " expected for example https://example.service-now.com");
        }
        String path = url.getRawPath();
        if (!path.isEmpty() && !path.equals("/") || url.getRawQuery() != null) {
            throw new IllegalArgumentException("'" + url + "' has a path; expected scheme, host and port only");
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && LOOPBACK.contains(url.getHost()))) {
            throw new IllegalArgumentException(
                    "'" + url + "' would send credentials in clear text; expected https (http only on loopback)");
        }
        return URI.create(scheme + "://" + url.getRawAuthority());
    }
}
