/** Proves against both sides, by doing it, that the bridge can do its work there (docs/operations.md, "Doctor"). */
package io.roombridge.doctor;
