/** Demonstrations that judge themselves: a day, or a conversation, played through the sandbox and the bridge. */
package io.roombridge.play;
