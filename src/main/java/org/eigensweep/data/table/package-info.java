/**
 * Tables of numbers in files: NumPy, IDX, Parquet and CIFAR-100's records, one row an example, read
 * from the front, no further than asked.
 *
 * <p>Knows the formats down to the byte, and finds them by their first bytes.
 *
 * <p>Must not know data sets, names of files, or what the numbers mean.
 */
package org.eigensweep.data.table;
