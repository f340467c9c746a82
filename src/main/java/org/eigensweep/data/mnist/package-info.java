/**
 * MNIST and other data sets in the IDX format.
 *
 * <p>Knows the format down to the byte, and the usual names of the files.
 *
 * <p>Must not know other data sets.
 */
package org.eigensweep.data.mnist;
