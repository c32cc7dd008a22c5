package io.roombridge.doctor;

import io.roombridge.servicenow.ServiceNowFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Goes through the probes in their order. Whatever one of them does, the others have their turn, each within its time. */
public final class Doctor {

    private final List<Step> steps;
    private final Duration patience;

    /** @param patience how long one probe may take */
    public Doctor(List<Step> steps, Duration patience) {
        this.steps = List.copyOf(steps);
        this.patience = patience;
    }

    /** Every finding, in the order of the probes. */
    public List<Result> examine() {
        ExecutorService hands = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "doctor");
            thread.setDaemon(true);
            return thread;
        });
        List<Result> results = new ArrayList<>();
        Set<List<String>> red = new HashSet<>();
        try {
            for (Step step : steps) {
                for (Finding finding : look(step, red, hands)) {
                    results.add(new Result(step.area(), step.name(), finding));
                    if (finding.level() == Level.RED) {
                        red.add(List.of(step.area(), step.name()));
                    }
                }
            }
        } finally {
            hands.shutdownNow();
        }
        return results;
    }

    private List<Finding> look(Step step, Set<List<String>> red, ExecutorService hands) {
        for (String need : step.needs()) {
            if (red.contains(List.of(step.area(), need))) {
                return List.of(Finding.unproven("not tried, because " + need + " is red"));
            }
        }
        Future<List<Finding>> looking = hands.submit(step.probe()::look);
        try {
            return looking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return List.of(failed(e.getCause()));
        } catch (TimeoutException e) {
            looking.cancel(true);
            return List.of(Finding.red(
                    "no result within " + patience.toSeconds() + " s",
                    "an answer within seconds",
                    "look whether the other side is up, and whether a firewall lets the bridge's machine through"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; what was made so far is named by its short description", e);
        }
    }

    private static Finding failed(Throwable cause) {
        if (cause instanceof ServiceNowFailure refused) {
            return Refused.finding(refused, "the call");
        }
        return Finding.red(
                "the probe failed: " + cause,
                "a result",
                "run it again; if it fails again, report it with this line: it may be a defect of doctor");
    }
}
