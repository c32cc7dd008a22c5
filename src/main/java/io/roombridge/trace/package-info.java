/** Which trace the present work belongs to (docs/operations.md, "Traces"). Does nothing while tracing is off. */
package io.roombridge.trace;
