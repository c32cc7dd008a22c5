/** What people and their monitoring do with a running bridge: the management API and its client (docs/operations.md). */
package io.roombridge.ops;
