package io.roombridge;

import io.roombridge.config.FileSettings;
import io.roombridge.config.Secret;
import io.roombridge.config.Secrets;
import io.roombridge.config.Settings;
import io.roombridge.correlation.Books;
import io.roombridge.files.ContentEndpoint;
import io.roombridge.files.ContentHosts;
import io.roombridge.files.FilePolicy;
import io.roombridge.files.PortalContent;
import io.roombridge.files.Spool;
import io.roombridge.route.CarryFiles;
import io.roombridge.route.FileRules;
import io.roombridge.route.Sides;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From the settings of files to what carries them. */
final class FileWiring {

    private static final long MEGABYTE = 1L << 20;

    private FileWiring() {}

    static CarryFiles of(Settings settings, Closings closings, Books books, Sides sides, Clock machine) {
        FileSettings files = settings.files();
        Spool spool = Spool.open(settings.dataDir().resolve("files"), files.spoolMegabytes() * MEGABYTE);
        PortalContent content = closings.onClose("contents of files", content(files));
        FileRules rules = new FileRules(
                policy(files, files.toServicenow()),
                policy(files, files.toPortal()),
                files.scanPatience(),
                settings.retry().attempts(),
                settings.retry().within());
        return new CarryFiles(
                books.tickets(),
                books.files(),
                books.copies(),
                sides.desks(),
                spool,
                content,
                sides.commands(),
                rules,
                machine);
    }

    private static FilePolicy policy(FileSettings files, FileSettings.Allows allows) {
        return new FilePolicy(
                FilePolicy.Allows.valueOf(allows.name()),
                files.maxMegabytes() * MEGABYTE,
                Set.copyOf(files.refuse().orElse(List.of())));
    }

    /** The host of the content endpoint need not be named twice. */
    private static PortalContent content(FileSettings files) {
        Optional<ContentEndpoint> endpoint = Secrets.read(
                        "roombridge.files.content-url", files.contentUrl(), files.contentUrlFile())
                .map(url -> new ContentEndpoint(
                        URI.create(url.reveal()),
                        Secrets.read("roombridge.files.content-token", files.contentToken(), files.contentTokenFile())
                                .map(Secret::reveal)));
        List<String> hosts = new ArrayList<>(files.hosts().orElse(List.of()));
        endpoint.map(known -> known.base().getHost()).ifPresent(hosts::add);
        return new PortalContent(
                new ContentHosts(hosts, files.allowPrivateAddresses(), files.allowLoopback()),
                endpoint,
                files.timeout());
    }
}
