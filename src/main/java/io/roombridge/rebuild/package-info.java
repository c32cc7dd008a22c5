/** Brings a lost or outdated store back from what stands in ServiceNow (design, section 3.2; docs/operations.md). */
package io.roombridge.rebuild;
