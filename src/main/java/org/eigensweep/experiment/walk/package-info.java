/**
 * How a trial is run: a walk through weight space that is steered by followed spaces, measured, and
 * cut into segments.
 *
 * <p>Knows a problem by its objectives, on whatever device they are.
 *
 * <p>Must not know Spark, files, or where a segment runs.
 */
package org.eigensweep.experiment.walk;
