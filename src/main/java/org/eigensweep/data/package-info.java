/**
 * Labelled examples: file formats read through Hadoop paths, and generators that need no file, all
 * behind {@link org.eigensweep.data.DataSource} and giving one record, {@link
 * org.eigensweep.data.Dataset}, of primitive arrays and a digest of them.
 *
 * <p>Knows: the formats of its files down to the byte, where in a folder they lie, Hadoop's file
 * systems, its generators and their streams, how text becomes token ids. All faults of data are
 * found here and thrown as a {@link org.eigensweep.data.DataException}; the data sets that this
 * package returns are valid.
 *
 * <p>Must not know: networks and losses, devices and matrices, Spark, settings files. A source
 * receives its folder and sizes from the caller.
 */
package org.eigensweep.data;
