/**
 * The portal of the sandbox: a campus of rooms, the script of a day, the simulator that publishes it, and the judge who
 * says whether the desk tells the truth in the end. Imports nothing of the bridge, so that the bridge is not tested with
 * itself.
 *
 * <p>From script to verdict: {@link io.roombridge.sandbox.portal.CampusDays} lets a director hand out courses of events to
 * the rooms of a {@link io.roombridge.sandbox.portal.Campus}; the relay's imperfections are laid over them;
 * {@link io.roombridge.sandbox.portal.PortalSimulator} publishes the {@link io.roombridge.sandbox.portal.CampusDay};
 * {@link io.roombridge.sandbox.portal.Truth} says what must come of it and {@link io.roombridge.sandbox.portal.DayCheck}
 * compares.
 */
package io.roombridge.sandbox.portal;
