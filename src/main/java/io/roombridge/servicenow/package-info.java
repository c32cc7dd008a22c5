/**
 * The one door to a ServiceNow instance: calls through the Camel component, credentials, limits, and one classifier from
 * every shape of answer to a reason (shared design, section 3.3; facts/servicenow.md, section 9).
 */
package io.roombridge.servicenow;
