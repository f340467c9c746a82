/**
 * How far a sweep is, on the console.
 *
 * <p>Knows how many steps each part of a sweep will make, and hears from executors how many it has
 * made, and which loss and alignment its latest row has.
 *
 * <p>Must not know where parts run, nor what they compute.
 */
package org.eigensweep.spark.progress;
