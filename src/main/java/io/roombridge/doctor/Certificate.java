package io.roombridge.doctor;

import io.roombridge.tls.Presented;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;

/** Whether a host's certificate is good, for how long, and whether somebody else's stands in its place. */
public final class Certificate implements Probe {

    private static final Duration SOON = Duration.ofDays(30);

    /** Hosts whose owner shows certificates of public authorities only; any other authority is somebody in between. */
    private static final List<String> PUBLIC_CLOUDS = List.of(".service-now.com", ".servicebus.windows.net");

    private final Address address;
    private final List<X509Certificate> ownAuthorities;
    private final Clock machine;

    /**
     * @param caFile trusted for this host besides what the process trusts
     * @param caKey the setting of it
     */
    public record Address(
            String host, int port, Optional<InetSocketAddress> proxy, Optional<Path> caFile, String caKey) {}

    /** @param ownAuthorities the certificates of the CA files in the settings */
    public Certificate(Address address, Collection<X509Certificate> ownAuthorities, Clock machine) {
        this.address = address;
        this.ownAuthorities = List.copyOf(ownAuthorities);
        this.machine = machine;
    }

    @Override
    public List<Finding> look() {
        try {
            Presented presented = Presented.by(address.host(), address.port(), address.caFile(), address.proxy());
            return List.of(verdict(address, presented, ownAuthorities, machine.instant()));
        } catch (IOException e) {
            return List.of(Finding.red(
                    "no connection to " + address.host() + ":" + address.port() + ": " + e,
                    "a connection within 10 s",
                    "let the firewall pass this machine to " + address.host() + ":" + address.port()
                            + ", or name the proxy (hub: roombridge.hub.transport and roombridge.hub.proxy)"));
        }
    }

    static Finding verdict(Address address, Presented presented, List<X509Certificate> ownAuthorities, Instant now) {
        if (presented.chain().isEmpty()) {
            return Finding.red(
                    address.host() + ":" + address.port() + " speaks no TLS: "
                            + presented.distrust().orElse(""),
                    "TLS 1.2 or 1.3",
                    "check the address; a proxy may answer in its place");
        }
        X509Certificate own = presented.chain().get(0);
        Instant until = own.getNotAfter().toInstant();
        String issuer = name(presented.chain().get(presented.chain().size() - 1).getIssuerX500Principal());
        String day = until.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        if (until.isBefore(now)) {
            return Finding.red(
                    "the certificate of " + address.host() + " expired on " + day + " (issued by " + issuer + ")",
                    "a valid certificate",
                    "have whoever runs " + address.host() + " renew it; if this machine's clock is wrong, mend that");
        }
        if (presented.distrust().isPresent()) {
            return untrusted(address, issuer, presented.distrust().get());
        }
        boolean between =
                isPublicCloud(address.host()) && ownAuthorities.stream().anyMatch(anchors(presented.chain()));
        if (between) {
            return Finding.amber(
                    "somebody in between shows a certificate of its own: issued by " + issuer,
                    "a public authority's: an inspecting proxy reads everything, and may cut long polls and files",
                    "have " + address.host() + " excepted from TLS inspection in the proxy");
        }
        return until.isBefore(now.plus(SOON))
                ? Finding.amber(
                        "the certificate of " + address.host() + " expires on " + day,
                        "more than 30 days",
                        "have whoever runs " + address.host() + " renew it")
                : Finding.green("issued by " + issuer + ", good until " + day);
    }

    private static Finding untrusted(Address address, String issuer, String why) {
        return Finding.red(
                "the certificate of " + address.host() + " is not trusted: issued by " + issuer + " ("
                        + why.substring(why.lastIndexOf(": ") + 1).strip() + ")",
                "issued by an authority that this machine trusts, for this host",
                "if " + issuer + " is your company's inspecting proxy, have " + address.host()
                        + " excepted from inspection, or name its certificate in " + address.caKey()
                        + "; if it is nobody you know, do not connect");
    }

    private static Predicate<X509Certificate> anchors(List<X509Certificate> chain) {
        return authority -> chain.stream()
                .anyMatch(shown -> shown.equals(authority)
                        || shown.getIssuerX500Principal().equals(authority.getSubjectX500Principal()));
    }

    private static boolean isPublicCloud(String host) {
        return PUBLIC_CLOUDS.stream().anyMatch(host.toLowerCase(Locale.ROOT)::endsWith);
    }

    private static String name(X500Principal who) {
        return "'" + who.getName() + "'";
    }
}
