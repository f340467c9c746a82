/**
 * CIFAR-10 in its binary format, normalised by its own statistics.
 *
 * <p>Knows the format down to the byte, and the usual names of the files.
 *
 * <p>Must not know other data sets.
 */
package org.eigensweep.data.cifar10;
