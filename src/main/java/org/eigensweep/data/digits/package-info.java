/**
 * Digits that are drawn by strokes, from a seed; they need no file.
 *
 * <p>Knows the strokes of each digit and how a hand varies them.
 *
 * <p>Must not know other data sets.
 */
package org.eigensweep.data.digits;
