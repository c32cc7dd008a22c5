package io.roombridge.doctor;

import io.roombridge.config.FileSettings;
import io.roombridge.mapping.Input;
import io.roombridge.mapping.Mappings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is looked at on one instance of ServiceNow, in its order. */
public final class ServiceNowSteps {

    private static final String CERTIFICATE = "certificate";
    private static final String SIGN_IN = "sign-in";
    private static final String CREATE = "create";

    private final Instance instance;
    private final String area;
    private final Clock machine;
    private final List<Step> steps = new ArrayList<>();

    private ServiceNowSteps(Instance instance, Clock machine) {
        this.instance = instance;
        this.area = "servicenow " + instance.name();
        this.machine = machine;
    }

    /** Only looks. */
    public static List<Step> readOnly(Instance instance, Probe certificate, Duration pollInterval, Clock machine) {
        ServiceNowSteps steps = new ServiceNowSteps(instance, machine);
        steps.looking(certificate, pollInterval);
        steps.add("query mode", new QueryMode(instance), SIGN_IN);
        steps.ending();
        for (String name :
                List.of(CREATE, "write", "journal", "attachments", "time zone", "business rules", "resolve")) {
            steps.add(
                    name,
                    () -> List.of(
                            Finding.unproven("not tried: no incident is made with --read-only or in shadow mode")));
        }
        return steps.steps;
    }

    /**
     * Also makes an incident, and tries on it what the bridge does.
     *
     * @param example the event whose ticket it is made of
     * @param id unlike any before it
     */
    public static List<Step> with(
            Instance instance,
            Probe certificate,
            Duration pollInterval,
            Clock machine,
            Mappings mappings,
            Input example,
            FileSettings files,
            String id) {
        ServiceNowSteps steps = new ServiceNowSteps(instance, machine);
        Scratch scratch = new Scratch(instance, mappings, example, id);
        steps.looking(certificate, pollInterval);
        steps.ending();
        steps.add(CREATE, new Creating(scratch), SIGN_IN);
        steps.onScratch("query mode", new QueryMode(instance));
        steps.onScratch("time zone", new UserTime(scratch));
        steps.onScratch("write", new Writing(scratch));
        steps.onScratch("journal", new JournalProof(scratch));
        steps.onScratch("attachments", new Attaching(scratch, files));
        steps.onScratch("business rules", new Staying(scratch));
        steps.onScratch("resolve", new Resolving(scratch));
        steps.add("left behind", new Leaving(scratch), SIGN_IN);
        return steps.steps;
    }

    private void looking(Probe certificate, Duration pollInterval) {
        add(CERTIFICATE, certificate);
        add(SIGN_IN, new SignIn(instance), CERTIFICATE);
        add(
                "clock",
                new ServerClock(
                        "ServiceNow", () -> instance.gateway().standing().ahead()),
                SIGN_IN);
        add("rate limit", new Rate(instance, pollInterval), SIGN_IN);
        add("roles", new Roles(instance), SIGN_IN);
        add("polling", new Polling(instance, machine), SIGN_IN);
    }

    private void ending() {
        add("close codes", new CloseCodes(instance), SIGN_IN);
        add("auto-close", new Autoclose(instance), SIGN_IN);
        add("other integrations", new Others(instance, machine), SIGN_IN);
    }

    private void onScratch(String name, Probe probe) {
        add(name, probe, CERTIFICATE, SIGN_IN, CREATE);
    }

    /** What needs the sign-in needs the certificate before it. */
    private void add(String name, Probe probe, String... needs) {
        List<String> all = new ArrayList<>(List.of(needs));
        if (all.equals(List.of(SIGN_IN))) {
            all.add(0, CERTIFICATE);
        }
        steps.add(new Step(area, name, all, probe));
    }
}
