/**
 * What a ticket looks like in ServiceNow: mapping files and tables that an administrator owns, compiled and checked once,
 * applied without clock, files or network (docs/mapping.md).
 */
package io.roombridge.mapping;
