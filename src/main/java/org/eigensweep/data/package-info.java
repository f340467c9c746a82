/**
 * Labelled examples: file formats read through Hadoop paths, and generators that need no file, all
 * behind {@link org.eigensweep.data.DataSource} and giving one record, {@link
 * org.eigensweep.data.Dataset}, of primitive arrays and a digest of them.
 *
 * <p>Knows: the formats of its files down to the byte, where in a folder they lie, Hadoop's file
 * systems, its generators and their streams, how text becomes token ids. Whatever is wrong with
 * data is found here and is a {@link org.eigensweep.data.DataException}; what leaves this package
 * is sound.
 *
 * <p>Must not know: networks and losses, devices and matrices, Spark, settings files. A source is
 * handed its folder and sizes; who chose them is none of its business.
 */
package org.eigensweep.data;
