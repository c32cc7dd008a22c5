package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.roombridge.MailTesting;
import io.roombridge.config.Settings;
import io.roombridge.config.SettingsFile;
import io.roombridge.correlation.Duty;
import io.roombridge.correlation.Outages;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.ticket.RetryLater;
import io.roombridge.watch.OutageMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People learn by mail, from a real server, that ServiceNow is away, once, and that it is back, once. */
class OutageMailTest {

    @TempDir
    Path directory;

    private final Bench bench = Bench.inMemory();
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Main camel;

    @BeforeEach
    void startTheServer() throws Exception {
        server.setUser("bridge@example.org", "bridge", "s3cret");
        server.start();
        camel = camel(server.getSmtp().getPort());
    }

    @AfterEach
    void stop() {
        camel.stop();
        server.stop();
        bench.close();
    }

    @Test
    void oneMailTellsTheOutageAndOneItsEnd() throws Exception {
        away();
        look(14);
        assertThat(mails(server)).as("a short outage is nobody's business").isEmpty();

        look(60);

        assertThat(subjects(server)).containsExactly("Roombridge: ServiceNow main does not answer");
        MimeMessage mail = mails(server).get(0);
        assertThat(mail.getFrom()[0]).hasToString("bridge@example.org");
        assertThat(mail.getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("a@example.org", "b@example.org");
        assertThat(mail.getContent().toString()).contains("unauthorized", "RoombridgeServiceNowAway");
        assertThat(Collections.list(mail.getAllHeaders()))
                .extracting(header -> header.getName())
                .as("nothing of the schedule")
                .isSubsetOf(
                        "Return-Path",
                        "Received",
                        "Date",
                        "From",
                        "To",
                        "Message-ID",
                        "Subject",
                        "MIME-Version",
                        "Content-Type",
                        "Content-Transfer-Encoding");

        back();
        look(4);
        assertThat(mails(server)).as("not yet for sure").hasSize(1);
        look(30);
        assertThat(subjects(server))
                .containsExactlyInAnyOrder(
                        "Roombridge: ServiceNow main does not answer", "Roombridge: ServiceNow main is back");
    }

    @Test
    void aServerThatIsAwayHoldsUpNothingAndGetsTheMailLater() throws Exception {
        int port = server.getSmtp().getPort();
        away();
        server.stop();
        look(20);
        GreenMail again = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        again.setUser("bridge@example.org", "bridge", "s3cret");
        again.start();
        try {
            look(3);

            assertThat(subjects(again)).containsExactly("Roombridge: ServiceNow main does not answer");
        } finally {
            again.stop();
        }
    }

    private void away() {
        bench.serviceNow.faults().on(RequestMatcher.anything()).always(Fault.unauthorized());
        for (int i = 0; i < 2; i++) {
            try {
                bench.attempt(PortalEvent.of("room-1", "Camera").opened(1).bytes());
            } catch (RetryLater later) {
                bench.machine.advance(later.after());
            }
        }
    }

    private void back() {
        bench.serviceNow.faults().clear();
        bench.machine.advance(Duration.ofHours(1));
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
    }

    /** The schedule, minute by minute. */
    private void look(int minutes) throws Exception {
        for (int i = 0; i < minutes; i++) {
            camel.getCamelTemplate().sendBody("direct:look", "");
            bench.machine.advance(Duration.ofMinutes(1));
        }
    }

    private List<String> subjects(GreenMail of) throws Exception {
        return mails(of).stream().map(OutageMailTest::subject).toList();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One copy of each: the server keeps one for each receiver. */
    private static List<MimeMessage> mails(GreenMail of) throws Exception {
        Map<String, MimeMessage> byId = new LinkedHashMap<>();
        for (MimeMessage mail : of.getReceivedMessages()) {
            byId.putIfAbsent(mail.getMessageID(), mail);
        }
        return List.copyOf(byId.values());
    }

    private Main camel(int port) throws Exception {
        Main started = new Main();
        started.configure()
                .withRoutesIncludePattern("file:routes/outage-mail.camel.yaml")
                .withBasePackageScanEnabled(false);
        MailTesting.prepare(started, settings(port));
        started.bind("oneNode", new OneNode(name -> Duty.ALONE));
        started.bind(
                "outageMail",
                new OutageMail(new Outages(bench.jdbi()), bench.desks(), Duration.ofMinutes(15), bench.machine));
        started.init();
        AdviceWith.adviceWith(started.getCamelContext(), "outage-mail", route -> route.replaceFromWith("direct:look"));
        started.start();
        return started;
    }

    private Settings settings(int port) throws Exception {
        Path password = Files.writeString(directory.resolve("mail"), "s3cret\n");
        Map<String, String> given = new HashMap<>(Map.of(
                "roombridge.mode", "live",
                "roombridge.hub.connection-string", "Endpoint=sb://x/",
                "roombridge.instances.main.url", "https://example.service-now.com",
                "roombridge.instances.main.auth", "basic",
                "roombridge.instances.main.user", "roombridge",
                "roombridge.instances.main.password", "s3cret",
                "roombridge.mail.host", "127.0.0.1",
                "roombridge.mail.port", Integer.toString(port),
                "roombridge.mail.tls", "none"));
        given.put("roombridge.mail.user", "bridge");
        given.put("roombridge.mail.password-file", password.toString());
        given.put("roombridge.mail.from", "bridge@example.org");
        given.put("roombridge.mail.to", "a@example.org,b@example.org");
        return SettingsFile.read(directory.resolve("no-file"), Map.of(), given);
    }
}
