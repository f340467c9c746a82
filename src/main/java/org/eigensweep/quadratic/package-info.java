/**
 * Quadratic losses that are given by their eigenvalues, with the noise of mini-batches: problems
 * whose training is known in closed form. {@link org.eigensweep.quadratic.Quadratic} says what one
 * is and opens its {@link org.eigensweep.curvature.Objective}.
 *
 * <p>Knows devices and what an objective is.
 *
 * <p>Must not know networks, data sets, trials or settings.
 */
package org.eigensweep.quadratic;
