/** Typed, strict settings: every fault at once, with the key, the value and what was expected (shared design, section 6). */
package io.roombridge.config;
