/** Where other programs hand in events over HTTP; what was answered is in the inbox of the store (design, section 4). */
package io.roombridge.hooks;
