/**
 * How parameters move: base optimisers that turn a gradient into a displacement, schedules of their
 * learning rate, and the rules that let through its part inside the dominant space, outside it, or
 * both.
 *
 * <p>Knows device operations alone.
 *
 * <p>Must not know where gradients or bases come from, nor when a rule takes over.
 */
package org.eigensweep.training;
