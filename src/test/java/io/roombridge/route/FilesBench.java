package io.roombridge.route;

import io.roombridge.correlation.Commit;
import io.roombridge.correlation.FileCopies;
import io.roombridge.correlation.FileJob;
import io.roombridge.correlation.FileJobs;
import io.roombridge.correlation.PortalOutbox;
import io.roombridge.files.ContentEndpoint;
import io.roombridge.files.ContentHosts;
import io.roombridge.files.FilePolicy;
import io.roombridge.files.FilePolicy.Allows;
import io.roombridge.files.PortalContent;
import io.roombridge.files.Spool;
import io.roombridge.sandbox.servicenow.Attachment;
import io.roombridge.sandbox.servicenow.EmbeddedServiceNow;
import io.roombridge.servicenow.Credentials;
import io.roombridge.servicenow.InstanceSettings;
import io.roombridge.servicenow.ServiceNowGateway;
import io.roombridge.ticket.Ticket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;

/** Files on the bench: the real jobs, store and gateway, the embedded ServiceNow, and a server with the portal's contents. */
final class FilesBench implements AutoCloseable {

    static final long MEGABYTE = 1L << 20;

    private static final String ROOM = "room-12";
    private static final String SIGNAL = "Display";

    final Bench bench;
    final ContentServer portal;
    private final Path directory;
    private Allows toServiceNow = Allows.DOCUMENTS_AND_IMAGES;
    private Allows toPortal = Allows.DOCUMENTS_AND_IMAGES;
    private boolean commandsOn = true;
    private PortalContent content;
    private CarryFiles carrier;

    FilesBench(Path directory) throws IOException {
        this.directory = directory;
        this.bench = new Bench(directory);
        this.portal = new ContentServer();
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).opened(1));
        open();
    }

    private void open() {
        content = content(portal);
        carrier = carrier(bench, content, directory, commandsOn, toServiceNow, toPortal);
    }

    static PortalContent content(ContentServer portal) {
        return new PortalContent(
                new ContentHosts(List.of("127.0.0.1"), false, true),
                Optional.of(new ContentEndpoint(URI.create(portal.base() + "/in"), Optional.of("token"))),
                Duration.ofSeconds(20));
    }

    static CarryFiles carrier(
            Bench bench,
            PortalContent content,
            Path directory,
            boolean commandsOn,
            Allows toServiceNow,
            Allows toPortal) {
        FileRules rules = new FileRules(
                new FilePolicy(toServiceNow, 10 * MEGABYTE, Set.of()),
                new FilePolicy(toPortal, 10 * MEGABYTE, Set.of()),
                Duration.ofMinutes(30),
                10,
                Duration.ofMinutes(30));
        return new CarryFiles(
                bench.store(),
                new FileJobs(bench.jdbi()),
                new FileCopies(bench.jdbi()),
                bench.desks(),
                Spool.open(directory.resolve("files"), 100 * MEGABYTE),
                content,
                new Commands(commandsOn, bench.clock),
                rules,
                bench.machine);
    }

    CarryFiles carrier() {
        return carrier;
    }

    FileJobs jobs() {
        return new FileJobs(bench.jdbi());
    }

    void allowing(Allows portalToServiceNow, Allows serviceNowToPortal) {
        toServiceNow = portalToServiceNow;
        toPortal = serviceNowToPortal;
        reopen();
    }

    void commandsOff() {
        commandsOn = false;
        reopen();
    }

    /** Everything volatile is gone; the database, the contents and ServiceNow stay. */
    void restart() {
        bench.restart();
        reopen();
    }

    private void reopen() {
        carrier.close();
        content.close();
        open();
    }

    /** What is due now is carried. */
    void carry() {
        try {
            carrier.carry();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Time passes until nothing waits any more, or there is nothing to expect but an answer of the portal. */
    void carryUntilQuiet() {
        carry();
        for (int i = 0; i < 300; i++) {
            Optional<Instant> next = jobs().nextDue();
            if (next.isEmpty() || onlyAsked()) {
                return;
            }
            Duration wait = Duration.between(bench.machine.instant(), next.get());
            pass(wait.isNegative() ? Duration.ofMillis(1) : wait);
        }
        throw new AssertionError("files still wait: " + files());
    }

    private boolean onlyAsked() {
        return files().stream()
                .allMatch(job -> job.state() == FileJob.State.ASKED || job.state() == FileJob.State.DONE);
    }

    void pass(Duration time) {
        bench.machine.advance(time);
        serviceNow().tick();
        carry();
    }

    EmbeddedServiceNow serviceNow() {
        return bench.serviceNow;
    }

    Ticket ticket() {
        return bench.ticket(ROOM, SIGNAL);
    }

    String incident() {
        return ticket().current().orElseThrow().sysId();
    }

    List<FileJob> files() {
        return jobs().of(ticket());
    }

    FileJob file() {
        List<FileJob> all = files();
        if (all.size() != 1) {
            throw new AssertionError("expected one file, but there are " + all);
        }
        return all.get(0);
    }

    /** The portal tells of a file. */
    void attached(String id, String name, String type, byte[] bytes) {
        attached(id, name, type, bytes.length, sha256(bytes), portal.holding(id, bytes));
    }

    void attached(String id, String name, String type, long size, String sha256, String url) {
        bench.deliver(PortalEvent.of(ROOM, SIGNAL).attachment(id, name, type, size, sha256, url));
    }

    /** A reading of ServiceNow tells of every file of the incident, the bridge's own among them. */
    void poll() {
        Ticket ticket = ticket();
        try (ServiceNowGateway gateway = gateway()) {
            bench.store()
                    .commit(new Commit()
                            .files(gateway.files().list(List.of(incident()), Instant.EPOCH).stream()
                                    .map(file -> FileOffers.of(ticket, file, bench.machine.instant()))
                                    .toList()));
        }
    }

    private ServiceNowGateway gateway() {
        var account = serviceNow().accounts().integration();
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.start();
        return new ServiceNowGateway(
                camel,
                InstanceSettings.of(
                        "poll", serviceNow().url(), new Credentials.Basic(account.name(), account.password())),
                bench.machine,
                () -> 0.5);
    }

    String attach(String name, String type, byte[] bytes) {
        return serviceNow().desk().as("beth.anglin").attach(incident(), name, type, bytes);
    }

    void delete(String attachment) {
        try (ServiceNowGateway gateway = gateway()) {
            gateway.files().delete(attachment);
        }
    }

    List<Attachment> attachments() {
        return serviceNow().desk().attachments(incident());
    }

    List<String> notes() {
        return bench.journal(ROOM, SIGNAL).stream()
                .filter(entry -> entry.contains("The file "))
                .toList();
    }

    /** The bodies of the commands the portal gets, by name. */
    List<String> commands(String name) {
        return new PortalOutbox(bench.jdbi())
                .unsent(100).stream()
                        .filter(row -> row.command().name().equals(name))
                        .map(row -> row.command().body())
                        .toList();
    }

    Map<String, byte[]> contents() {
        return portal.contents();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        carrier.close();
        content.close();
        portal.close();
        bench.close();
    }
}
