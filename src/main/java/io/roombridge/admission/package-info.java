/** May this change pass? Pure decisions that return a reason (shared design, sections 3 and 3.8). */
package io.roombridge.admission;
