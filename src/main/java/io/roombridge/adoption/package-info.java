/**
 * Taking incidents over that another integration made: what the portal's export says, what stands in ServiceNow, and which
 * belongs to which without a doubt. Pure (facts/portal.md, section 4.3; docs/operations.md, "Going live").
 */
package io.roombridge.adoption;
