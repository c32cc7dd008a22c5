/** Whom the bridge trusts when it connects to others. */
package io.roombridge.tls;
