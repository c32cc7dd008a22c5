/**
 * Whose a comment or work note is, and what it says. Pure: what came from the bridge goes nowhere, what a person wrote
 * arrives whole (shared design, section 3.5). Imports the language and the mappings, nothing else.
 */
package io.roombridge.conversation;
