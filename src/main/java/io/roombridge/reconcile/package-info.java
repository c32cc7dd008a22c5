/** Compares the store with ServiceNow and with what the portal said last (docs/operations.md, "Reconcile"). */
package io.roombridge.reconcile;
