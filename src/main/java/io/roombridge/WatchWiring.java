package io.roombridge;

import io.roombridge.config.MailSettings;
import io.roombridge.config.Secret;
import io.roombridge.config.Secrets;
import io.roombridge.config.Settings;
import io.roombridge.config.WatchSettings;
import io.roombridge.correlation.Backlog;
import io.roombridge.correlation.Outages;
import io.roombridge.correlation.SelfIncidents;
import io.roombridge.route.Clocks;
import io.roombridge.route.Desk;
import io.roombridge.route.Desks;
import io.roombridge.watch.OutageMail;
import io.roombridge.watch.SelfDesk;
import io.roombridge.watch.SelfWatch;
import io.roombridge.watch.Signs;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;
import org.jdbi.v3.core.Jdbi;

/** From the settings to how the bridge speaks of itself: an incident of its own, and a mail where that is impossible. */
final class WatchWiring {

    private static final int TIMEOUT_MILLIS = 15_000;

    private WatchWiring() {}

    /** What the routes leave open, and the mail server. */
    static void prepare(Main camel, Settings settings) {
        MailSettings mail = settings.mail();
        camel.addInitialProperty(
                "roombridge.watch.interval",
                Long.toString(settings.watch().interval().toMillis()));
        camel.addInitialProperty(
                "roombridge.watch.runs",
                Boolean.toString(settings.watch().group().isPresent()));
        camel.addInitialProperty(
                "roombridge.mail.runs", Boolean.toString(mail.host().isPresent()));
        if (mail.host().isPresent()) {
            camel.bind(scheme(mail), component(mail));
        }
        camel.addInitialProperty(
                "roombridge.mail.server",
                mail.host()
                        .map(host -> scheme(mail) + ":" + host + ":" + mail.port())
                        .orElse("log:io.roombridge.mail"));
    }

    private static String scheme(MailSettings mail) {
        return mail.tls() == MailSettings.Tls.TLS ? "smtps" : "smtp";
    }

    /** The password stands in no address, so that no log and no route shows it. */
    private static MailComponent component(MailSettings mail) {
        MailConfiguration server = new MailConfiguration();
        mail.user().ifPresent(server::setUsername);
        Secrets.read("roombridge.mail.password", mail.password(), mail.passwordFile())
                .map(Secret::reveal)
                .ifPresent(server::setPassword);
        server.setFrom(mail.from().orElseThrow());
        server.setTo(String.join(",", mail.to().orElse(List.of())));
        server.setContentType("text/plain; charset=UTF-8");
        server.setConnectionTimeout(TIMEOUT_MILLIS);
        server.setAdditionalJavaMailProperties(connection(mail));
        return new MailComponent(server);
    }

    private static Properties connection(MailSettings mail) {
        String prefix = "mail." + scheme(mail) + ".";
        Properties connection = new Properties();
        connection.setProperty(prefix + "writetimeout", Integer.toString(TIMEOUT_MILLIS));
        connection.setProperty(prefix + "ssl.checkserveridentity", "true");
        boolean starttls = mail.tls() == MailSettings.Tls.STARTTLS;
        connection.setProperty(prefix + "starttls.enable", Boolean.toString(starttls));
        connection.setProperty(prefix + "starttls.required", Boolean.toString(starttls));
        return connection;
    }

    /** Gives the routes what they call. */
    static void bind(Registry beans, Settings settings, Desks desks, Jdbi jdbi, Clocks clocks) {
        WatchSettings watch = settings.watch();
        // Without a group the route never starts.
        SelfDesk desk = new SelfDesk(
                desk(desks, watch.instance()),
                watch.group().orElse(""),
                settings.cluster().name());
        beans.bind(
                "selfWatch",
                new SelfWatch(
                        new SelfIncidents(jdbi),
                        desk,
                        new Signs(new Backlog(jdbi), desks, watch.hubSilent(), clocks),
                        watch.holdDown(),
                        clocks));
        beans.bind(
                "outageMail",
                new OutageMail(new Outages(jdbi), desks, settings.mail().after(), clocks.machine()));
    }

    private static Desk desk(Desks desks, Optional<String> instance) {
        return desks.all().stream()
                .filter(desk -> instance.isEmpty() || instance.get().equals(desk.name()))
                .findFirst()
                .orElseThrow();
    }
}
