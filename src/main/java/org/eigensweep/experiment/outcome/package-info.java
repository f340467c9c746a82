/**
 * What a trial gives: measured points, what it cost, how it ended, and its state at a switch or a
 * pause, as records that cross processes.
 *
 * <p>Knows trials by their values, and the states of trackers.
 *
 * <p>Must not know how they come about, nor the files and tables that they go to.
 */
package org.eigensweep.experiment.outcome;
