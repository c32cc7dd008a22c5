package io.roombridge.config;

import io.roombridge.config.BadConfiguration.Fault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the settings need by which the bridge speaks of itself: its own incident, its mails, its traces. */
final class WatchRules {

    /** One address without a name; no line break and no comma can hide in it. */
    private static final Pattern ADDRESS = Pattern.compile("^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}$");

    private static final Pattern HOST = Pattern.compile("^(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])$");
    private static final String MAIL = "roombridge.mail.";

    private WatchRules() {}

    static void check(Settings settings, List<Fault> faults) {
        settings.watch()
                .instance()
                .filter(name -> !settings.instances().containsKey(name))
                .ifPresent(name -> faults.add(new Fault(
                        "roombridge.watch.instance",
                        name,
                        "must be one of "
                                + String.join(", ", settings.instances().keySet()))));
        if (settings.watch().interval().toMillis() < 1000) {
            faults.add(new Fault(
                    "roombridge.watch.interval", settings.watch().interval().toString(), "must be at least PT1S"));
        }
        mail(settings.mail(), faults);
        TraceSettings traces = settings.traces();
        traces.endpoint().ifPresent(url -> SettingsRules.url("roombridge.traces.endpoint", url, faults));
        if (!(traces.sample() >= 0 && traces.sample() <= 1)) {
            faults.add(new Fault(
                    "roombridge.traces.sample", Double.toString(traces.sample()), "must be a number from 0 to 1"));
        }
    }

    private static void mail(MailSettings mail, List<Fault> faults) {
        SettingsRules.secret(
                MAIL + "password",
                mail.password(),
                mail.passwordFile(),
                mail.host().isPresent() && mail.user().isPresent(),
                faults);
        if (mail.host().isEmpty()) {
            return;
        }
        matches(MAIL + "host", mail.host(), HOST, "a host name or address", faults);
        matches(MAIL + "from", mail.from(), ADDRESS, "one mail address", faults);
        if (mail.to().orElse(List.of()).isEmpty()) {
            faults.add(
                    new Fault(MAIL + "to", "", "is required with " + MAIL + "host: mail addresses, comma separated"));
        }
        mail.to()
                .orElse(List.of())
                .forEach(to ->
                        matches(MAIL + "to", Optional.of(to), ADDRESS, "mail addresses, comma separated", faults));
        if (mail.port() < 1 || mail.port() > 65_535) {
            faults.add(new Fault(MAIL + "port", Integer.toString(mail.port()), "must be a port from 1 to 65535"));
        }
        if (mail.tls() == MailSettings.Tls.NONE && !Loopback.is(mail.host().get())) {
            faults.add(new Fault(MAIL + "tls", "none", "is allowed on loopback only; expected starttls or tls"));
        }
    }

    private static void matches(String key, Optional<String> value, Pattern form, String expected, List<Fault> faults) {
        if (value.filter(text -> form.matcher(text).matches()).isEmpty()) {
            faults.add(new Fault(
                    key,
                    value.orElse(""),
                    value.isEmpty() ? "is required with " + MAIL + "host: " + expected : "must be " + expected));
        }
    }
}
