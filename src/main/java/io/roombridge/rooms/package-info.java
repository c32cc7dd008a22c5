/** What events state about rooms, devices and signals besides tickets. Pure (design, sections 3.7 and 3.8). */
package io.roombridge.rooms;
