/** The bridge watches itself, and tells people where they work: an incident of its own, and a mail where that is impossible. */
package io.roombridge.watch;
