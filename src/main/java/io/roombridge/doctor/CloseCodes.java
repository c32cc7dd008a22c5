package io.roombridge.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Whether the instance knows the close codes of the settings; it drops a value it does not know without an error. */
final class CloseCodes implements Probe {

    private static final String PLACE =
            "the choices of incident.close_code (System Definition › Choice Lists, sys_choice)";

    private final Instance instance;

    CloseCodes(Instance instance) {
        this.instance = instance;
    }

    @Override
    public List<Finding> look() {
        return verdict(
                instance.gateway().choices("incident", "close_code"),
                instance.settings().closeCodes(),
                instance.settings().inactivityCloseCode(),
                instance.key("close-codes"),
                instance.key("inactivity-close-code"));
    }

    static List<Finding> verdict(
            Collection<String> offered,
            List<String> wanted,
            Optional<String> silence,
            String wantedKey,
            String silenceKey) {
        if (offered.isEmpty()) {
            return List.of(Finding.unproven("the close codes are not shown to this user (sys_choice)"));
        }
        List<Finding> findings = new ArrayList<>();
        Optional<String> used = wanted.stream().filter(offered::contains).findFirst();
        findings.add(used.map(code -> Finding.green("'" + code + "' is known, for a recovery"))
                .orElseGet(() -> Finding.red(
                        "none of " + wanted + " is a close code of the instance",
                        "one of " + offered,
                        "name one of them in " + wantedKey + ", or add yours to " + PLACE)));
        silence.map(code -> offered.contains(code)
                        ? Finding.green("'" + code + "' is known, for inactivity")
                        : Finding.red(
                                "'" + code + "' is no close code of the instance",
                                "one of " + offered,
                                "name an honest one of them in " + silenceKey + ", or add yours to " + PLACE))
                .ifPresent(findings::add);
        return findings;
    }
}
