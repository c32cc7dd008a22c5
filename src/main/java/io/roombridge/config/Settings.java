package io.roombridge.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting of the bridge. The keys are these method names in lower case with dashes below {@code roombridge.}; what
 * each one means stands, with its default, in {@code config/roombridge.properties}.
 */
@ConfigMapping(prefix = "roombridge")
public interface Settings {

    /** Shadow reads and decides everything and writes nothing; there is no default on purpose. */
    Optional<Mode> mode();

    @WithDefault("data")
    Path dataDir();

    HubSettings hub();

    Store store();

    ClusterSettings cluster();

    Tls tls();

    /** The ServiceNow instances by name; each says which tenants it serves. */
    Map<String, Instance> instances();

    Portal portal();

    Poll poll();

    Management management();

    HooksSettings hooks();

    FileSettings files();

    Recovery recovery();

    ClosingSettings closing();

    WatchSettings watch();

    MailSettings mail();

    Log log();

    TraceSettings traces();

    Reconcile reconcile();

    Retry retry();

    Mappings mappings();

    /** How the bridge may act. */
    enum Mode {
        SHADOW,
        LIVE;

        /** Whether anything may be written, to ServiceNow or to the portal. */
        public static boolean writes(Settings settings) {
            return settings.mode().orElse(SHADOW) == LIVE;
        }
    }

    /** The correlation store. */
    interface Store {

        /** A JDBC address; without one an H2 file below the data directory. */
        Optional<String> url();

        @WithDefault("sa")
        String user();

        Optional<String> password();

        Optional<Path> passwordFile();

        /** How long a start waits for a database that does not answer yet. */
        @WithDefault("PT30S")
        Duration patience();

        @WithDefault("P90D")
        Duration keepHistory();

        /** Longer than the hub keeps events, or an old event could be applied again. */
        @WithDefault("P40D")
        Duration keepOutcomes();
    }

    /** How connections to others are secured, all of them; versions older than TLS 1.2 are never spoken. */
    interface Tls {

        /** A PEM file with certificates to trust besides the JDK's. */
        Optional<Path> caFile();
    }

    /** One ServiceNow instance. */
    interface Instance {

        Optional<String> url();

        /** The tenants it serves, or {@code *} for every tenant no other instance names. */
        @WithDefault("*")
        List<String> tenants();

        @WithDefault("client-credentials")
        Auth auth();

        /** The integration user; with OAuth needed too, to know the bridge's own entries. */
        Optional<String> user();

        Optional<String> password();

        Optional<Path> passwordFile();

        Optional<String> clientId();

        Optional<String> clientSecret();

        Optional<Path> clientSecretFile();

        Optional<String> apiKey();

        Optional<Path> apiKeyFile();

        /** A PEM file with certificates to trust besides the JDK's. */
        Optional<Path> caFile();

        /** The most calls at the same time; ServiceNow has four threads a node for all integrations. */
        @WithDefault("4")
        int workers();

        @WithDefault("PT65S")
        Duration timeout();

        /** Close codes for a recovered signal, in order of preference; the first the instance knows is used. */
        @WithDefault("Resolved by caller,Closed/Resolved by Caller,Solution provided,Solved (Permanently)")
        List<String> closeCodes();

        /** The honest close code of a ticket that was closed for inactivity; without one nothing is closed there. */
        Optional<String> inactivityCloseCode();

        /** Close codes of agents after which the bridge stays quiet until the signal was healthy once. */
        @WithDefault("Duplicate,Known error")
        List<String> quietCloseCodes();

        /** An encoded query for incidents that another integration made, where the portal's export names none. */
        Optional<String> adoptionQuery();

        /** How to sign in. */
        enum Auth {
            BASIC,
            CLIENT_CREDENTIALS,
            PASSWORD,
            API_KEY
        }
    }

    /** What the portal is told. */
    interface Portal {

        @WithDefault("hub")
        Commands commands();

        /** Who the portal shows as the writer of what was written in ServiceNow. */
        @WithDefault("COMPANY SOC")
        String author();

        @WithDefault("none")
        Names names();

        /** The most characters of one message; longer ones are split. */
        @WithDefault("4000")
        int longestMessage();

        /** Whether customers see who wrote to them: nobody's name, or the display name; never an address. */
        enum Names {
            NONE,
            DISPLAY
        }

        /** Through the hub, or not at all: then tickets flow one way. */
        enum Commands {
            HUB,
            NONE
        }
    }

    /** How ServiceNow is read. */
    interface Poll {

        @WithDefault("PT15S")
        Duration interval();

        /** How far the cursor stays behind the instance's clock. */
        @WithDefault("PT2S")
        Duration lag();

        /** How often every open incident is looked at, because not every file moves its incident's time. */
        @WithDefault("PT10M")
        Duration sweep();
    }

    /** When a recovery counts. */
    interface Recovery {

        /** How often it is looked whether something that tickets wait for is due. */
        @WithDefault("PT5S")
        Duration sweep();

        /** Overrides the hold-down of every signal; normally each signal has its own in mappings/signals.yaml. */
        Optional<Duration> holdDown();
    }

    /** The nightly comparison of the store with ServiceNow and the portal (docs/operations.md). */
    interface Reconcile {

        @WithDefault("true")
        boolean runs();

        /** When it begins, in UTC, as Quartz writes it. */
        @WithDefault("0 15 2 * * ?")
        String cron();

        /** Whether the portal is asked for a snapshot of every open ticket each time. */
        @WithDefault("true")
        boolean snapshots();
    }

    /** What the process says of itself on its standard error. */
    interface Log {

        @WithDefault("text")
        Format format();

        /** For a terminal, or one JSON object a line for machines. */
        enum Format {
            TEXT,
            JSON
        }
    }

    /** Where people and their monitoring reach the running bridge. */
    interface Management {

        /** 9464 unless given; 0 for any free one, off for none. */
        @WithDefault("9464")
        ListenPort port();

        /** The address it listens on; loopback unless somebody decides otherwise. */
        @WithDefault("127.0.0.1")
        String address();

        /** Names under which it may be asked, besides localhost and addresses. */
        Optional<List<String>> hosts();
    }

    /** How long a change is tried that fails while others succeed; what the whole instance suffers is retried for ever. */
    interface Retry {

        @WithDefault("10")
        int attempts();

        @WithDefault("PT30M")
        Duration within();

        @WithDefault("PT0.5S")
        Duration first();

        @WithDefault("PT30S")
        Duration longest();
    }

    /** Mapping files. */
    interface Mappings {

        /** The folder whose files take precedence over those inside the jar. */
        @WithDefault("mappings")
        Path folder();

        /** How often it is looked whether they changed. */
        @WithDefault("PT5S")
        Duration interval();

        /** Whether a start whose mapping tests fail is refused; a change while the bridge runs always is. */
        @WithDefault("false")
        boolean requireTests();
    }
}
