/** What must not be everywhere: how it is recognised in texts, where it may stand, what stands in its place. Pure. */
package io.roombridge.privacy;
