package io.roombridge.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.files.ContentFailure.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentHostsTest {

    private static final ContentHosts STRICT =
            new ContentHosts(List.of("files.example.com", "*.blob.core.windows.net"), false, false);
    private static final URI FILE = URI.create("https://files.example.com/a?sig=x");

    private static ContentFailure refusal(ContentHosts hosts, URI url, String... addresses) {
        return catchThrowableOfType(ContentFailure.class, () -> hosts.check(url, host -> resolved(addresses)));
    }

    private static InetAddress[] resolved(String... addresses) throws UnknownHostException {
        InetAddress[] resolved = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            resolved[i] = InetAddress.getByName(addresses[i]);
        }
        return resolved;
    }

    @Test
    void aConfiguredHostWithPublicAddressesMayBeUsed() {
        assertThat(refusal(STRICT, FILE, "20.60.1.2", "2603:1030::1")).isNull();
        assertThat(refusal(STRICT, URI.create("https://ACCT.blob.core.windows.net/c/b"), "20.60.1.2"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example.com/a",
                "https://files.example.com.evil.test/a",
                "https://evilfiles.example.com/a",
                "https://.blob.core.windows.net/a",
                "https://blob.core.windows.net/a",
                "https://files.example.com@evil.test/a",
                "https://user@files.example.com/a",
                "http://files.example.com/a",
                "ftp://files.example.com/a",
                "file:///etc/passwd",
                "https://169.254.169.254/latest/meta-data",
                "https:///a"
            })
    void anythingElseIsRefused(String url) {
        assertThat(refusal(STRICT, URI.create(url), "20.60.1.2").kind()).isEqualTo(Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "168.63.129.16",
                "100.100.100.200",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "2001:0:1::1"
            })
    void aHostWithAnAddressThatIsNotPublicIsRefusedEvenBesideAPublicOne(String address) {
        ContentFailure failure = refusal(STRICT, FILE, "20.60.1.2", address);

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("files.example.com").hasMessageNotContaining("sig=");
    }

    @Test
    void privateAddressesMayBeConfiguredButNeverThoseOfTheCloudsMetadata() {
        ContentHosts inner = new ContentHosts(List.of("files.example.com"), true, false);

        assertThat(refusal(inner, FILE, "10.1.2.3")).isNull();
        assertThat(refusal(inner, FILE, "fc00::1")).isNull();
        assertThat(refusal(inner, FILE, "169.254.169.254")).isNotNull();
        assertThat(refusal(inner, FILE, "168.63.129.16")).isNotNull();
        assertThat(refusal(inner, FILE, "fd00:ec2::254")).isNotNull();
        assertThat(refusal(inner, FILE, "127.0.0.1")).isNotNull();
    }

    @Test
    void plainHttpIsPossibleToLoopbackOnlyAndOnlyWhereConfigured() {
        ContentHosts sandbox = new ContentHosts(List.of("127.0.0.1", "files.example.com"), false, true);

        assertThat(refusal(sandbox, URI.create("http://127.0.0.1:8080/a"), "127.0.0.1"))
                .isNull();
        assertThat(refusal(sandbox, URI.create("http://files.example.com/a"), "20.60.1.2"))
                .isNotNull();
    }

    @Test
    void aNameThatIsUnknownNowIsTriedAgain() {
        ContentFailure failure = catchThrowableOfType(
                ContentFailure.class,
                () -> STRICT.check(FILE, host -> {
                    throw new UnknownHostException(host);
                }));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    }
}
