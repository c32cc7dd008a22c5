package io.roombridge.route;

import io.roombridge.correlation.CorrelationStore;
import io.roombridge.correlation.DevicePlaces;
import io.roombridge.portal.HealthReports;
import io.roombridge.ticket.Change;
import io.roombridge.ticket.Change.Detail;
import io.roombridge.ticket.Device;
import java.time.Clock;
import java.util.Optional;

/** Finds out which ticket a report of a device's health is about. */
public final class DeviceReports {

    private final DevicePlaces places;
    private final CorrelationStore store;
    private final Clock clock;
    private final HealthReports reports = new HealthReports();

    DeviceReports(DevicePlaces places, CorrelationStore store, Clock clock) {
        this.places = places;
        this.store = store;
        this.clock = clock;
    }

    /** Called by the route {@code dead-letters}: what was kept because its device was unknown is tried again when it is known. */
    public int wake() {
        return places.wake(clock.instant());
    }

    /** The report as a change of that ticket; empty while the portal has not named the device. */
    Optional<Change> ofTicket(Change report, Detail.Health said, Desk desk) {
        String device = report.device().map(Device::id).orElseThrow();
        return places.blocks(report.tenant(), device, said.account())
                .map(blocks -> reports.ofTicket(
                        report,
                        blocks,
                        store.ticket(
                                report.tenant(),
                                desk.name(),
                                reports.key(report, blocks).id())));
    }

    /** Why a report is kept whose device is not known. */
    static String unknown(Change report) {
        Optional<String> account = report.detail() instanceof Detail.Health said ? said.account() : Optional.empty();
        return DevicePlaces.unknown(report.device().map(Device::id).orElseThrow(), account);
    }
}
