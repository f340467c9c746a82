/**
 * What is to be run: the grid of trials, what all of them share, what makes a trial itself, and the
 * streams of random numbers that its seed is the root of.
 *
 * <p>Knows networks and quadratics, data, optimisers and solver settings by their names and values.
 *
 * <p>Must not know how a trial is run, where, or what it gives.
 */
package org.eigensweep.experiment.sweep;
