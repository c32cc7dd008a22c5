/** The beans that the routes call, one verb each, and the write path behind them (shared design, sections 3 and 4). */
package io.roombridge.route;
