/**
 * One trial, any placement: the sweep as values, the trajectory through weight space, the switch
 * from trunk to branch, and what is measured along the way.
 *
 * <p>Knows objectives, trackers and update rules, and in which order they act; holds the random
 * streams, one for each purpose.
 *
 * <p>Must not know Spark, files or settings: what is handed in decides where things run, and what
 * is handed back is plain records.
 */
package org.eigensweep.experiment;
