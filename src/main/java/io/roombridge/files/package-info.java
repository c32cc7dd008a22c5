/** Files on their way between the portal and ServiceNow: which may travel, under which name, from where and to where. */
package io.roombridge.files;
