/**
 * The report of what the bridge did, or in shadow mode would have done (docs/operations.md, "Report"): {@link
 * io.roombridge.report.Figures} are counted from decision records, {@link io.roombridge.report.Review} says them in words, and
 * three renderers write it down. Pure; nothing here knows what time it is.
 */
package io.roombridge.report;
