/**
 * An objective and its exact derivatives, seen from outside: {@link
 * org.eigensweep.curvature.Objective} is linearised once at a point, and the linearisation becomes
 * linear operators.
 *
 * <p>Knows that a mean loss has a gradient, a Hessian and a Gauss–Newton matrix, and how solvers
 * see the last two.
 *
 * <p>Must not know how a network computes them, which data there are, or where the examples live:
 * one process or a whole cluster.
 */
package org.eigensweep.curvature;
