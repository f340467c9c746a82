/**
 * What a sweep will cost, from its first steps.
 *
 * <p>Knows how to walk the first steps of a trial for some seconds, what was seen of them, and how
 * many steps and rows all trials have.
 *
 * <p>Must not know where trials will run, nor how an estimate is told.
 */
package org.eigensweep.experiment.probe;
