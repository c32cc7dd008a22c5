/** How the bridge says in its log what goes wrong again and again (docs/operations.md, "The log"). */
package io.roombridge.log;
