/**
 * One point of a network, studied whole: eigenvalues, trace and spectral density of a curvature
 * matrix or of a block of it.
 *
 * <p>Knows objectives, eigensolvers and estimators, and what is asked of them.
 *
 * <p>Must not know trajectories, files or Spark.
 */
package org.eigensweep.experiment.spectrum;
